"""The language of an issue and the skills it asks for."""

from __future__ import annotations

import pytest

from connector.sizing.language import guess_language
from connector.sizing.skills import skills_of

FRENCH = (
    "Traduire README",
    "Message d'erreur incompréhensible",
    "Pagination cassée",
    "Numéros de téléphone : accepter espaces",
    "Afficher « ouvert maintenant »",
    "Corriger la faute dans le titre",
    "Ajouter une légende",
    "Lien mort vers le guide des bénévoles",
    "Alléger les photos de plus de 2 Mo",
    "Bouton invisible sur mobile",
    "Erreur 500 à l'inscription",
    "Ajouter tests unitaires",
    "Typo page accueil",
    "Améliorer l'accessibilité du menu",
    "Menu déroulant inaccessible au clavier",
    "Mise à jour Django 5",
    "Recherche trop lente",
    "Mot de passe oublié",
    "Faute de frappe",
    "Contraste insuffisant du pied de page",
    "L’export CSV ne marche plus",
    "Impossible d'envoyer le formulaire",
    "Carte vide sous Firefox",
    "Renommer le dossier",
    "Doublons dans l’annuaire",
    "Image manquante",
    "Calendrier : mauvaise heure",
    "Accents perdus",
    "Supprimer Bootstrap",
    "Photo du bénévole déformée",
    "Tri des dons",
    "Prévoir un mode sombre",
    "Courriel non reçu",
    "Documenter l'API",
    "Nettoyer le CSS",
    "Champ date obligatoire mal signalé",
    "Déploiement Docker cassé",
    "Page blanche après connexion",
    "Internationalisation des dates",
    "Numero de page faux",
    "Erreur lors du chargement",
    "Vérifier les droits d'accès",
    "Page d'accueil",
    "Tests qui échouent aléatoirement",
    "Utiliser Python 3.12",
    "Ajouter Pokémon au jeu de données",
    "Écran noir",
    "Carte qui ne s'affiche pas",
)
ENGLISH = (
    "Fix typo",
    "Fix the broken link",
    "Fix résumé page",
    "Café menu is broken",
    "Add tests",
    "Broken pagination in the list",
    "Update Django to 5",
    "Translate the README",
    "Remove Bootstrap",
    "Button is invisible on mobile",
    "Search is slow",
    "Error 500 when signing up",
    "Rename the folder",
    "Missing image",
    "Update São Paulo map",
    "Crème brûlée recipe has no image",
    "Don't crash on empty input",
    "Wrong time zone in EST",
    "User's avatar is missing",
    "Fix D'Hondt rounding",
    "Show opening hours",
    "Docker deployment fails",
    "Make the palette configurable",
    "Improve accessibility of the menu",
    "CSV export doesn't work",
    "Add Zoé to contributors",
    "Fix Orléans marker",
    "Pokémon list is empty",
)
NEITHER_FRENCH = (
    "naïve parser",
    "Déjà vu bug",
    "Print style",
    "Fehler beim Speichern",
    "修复错误",
    "El botón no funciona",
    "No se muestra la página",
    "La pagina è vuota e non si carica",
    "Die Seite lädt nicht",
    "Não é possível salvar",
    "Der Knopf für die Suche fehlt",
    "HTTP 500",
    "README",
    "Résumé upload",
    "Node.js 20",
    "Beyoncé concert page",
    "Plus d",
    "PDF export",
    'Add French translation of "la page d\'accueil" string to the menu',
    "Require unique questionnaire technique",
    "Support for la and le articles",
)
TRACE = (
    'Traceback (most recent call last):\n  File "x.py", line 3, in the_list\n    return the value that is not in the list\n'
    "ValueError: the value is not in the list that was given"
)


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [
        ("Corriger la faute dans le titre", "Le titre est faux sur la page.", "fr"),
        ("Fix the broken link", "The link to the guide is dead.", "en"),
        ("Fix typo", "", "en"),
        ("Ajouter une légende", "", "fr"),
        ("Fehler beim Speichern", "Die Datei wird nicht gespeichert und das Programm stürzt ab", None),
        ("修复错误", "", None),
        ("", "", None),
    ],
)
def test_the_small_words_tell_the_language(title: str, body: str, language: str | None) -> None:
    assert guess_language(title, body) == language


@pytest.mark.parametrize("title", FRENCH)
def test_short_french_titles_are_known(title: str) -> None:
    assert guess_language(title) == "fr"


@pytest.mark.parametrize("title", ENGLISH)
def test_short_english_titles_are_known_whatever_accents_they_borrow(title: str) -> None:
    assert guess_language(title) == "en"


@pytest.mark.parametrize("title", NEITHER_FRENCH)
def test_what_only_looks_french_is_not_flagged(title: str) -> None:
    assert guess_language(title) != "fr"


@pytest.mark.parametrize(
    "body",
    [
        f"Quand on clique sur le bouton, rien ne se passe.\n\n```\n{TRACE}\n```\nMerci !",
        f"Quand on clique sur le bouton, rien ne se passe.\n\n{TRACE}",
        f"Quand on clique, `the value is not in the list` s'affiche.\n\n    {TRACE}",
        f"<!-- Please tell us what you did and what you expected to see. -->\nRien ne se passe.\n~~~\n{TRACE}",
    ],
)
def test_code_and_comments_of_a_template_are_no_language(body: str) -> None:
    assert guess_language("Bouton cassé", body) == "fr"
    assert guess_language("Envoi", body) == "fr"


@pytest.mark.parametrize(
    ("labels", "languages", "skills"),
    [
        (["Python", "good first issue"], [], ("python",)),
        (["lang: C++", "language/rust"], [], ("c++", "rust")),
        (["C", "lang:c"], [], ("c",)),
        (["docs"], ["TypeScript", "Go"], ("documentation", "go", "typescript")),
        (["priority: go"], [], ()),
        ([], [], ()),
    ],
)
def test_skills_come_from_labels_and_from_the_project(
    labels: list[str], languages: list[str], skills: tuple[str, ...]
) -> None:
    assert skills_of(labels, languages) == skills
