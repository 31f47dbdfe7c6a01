"""Guess the human language of an issue from its words: French, English, or unknown.

Only what a person wrote is read: no code, no traces, no comments of templates. A word speaks for a language by being
frequent in it and rare in the other, by its ending, by its accents, or by what was left out before it ("l'", "qu'").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from connector.sizing.text import prose

READ, HEAD = 3000, 1000
"""Characters of a body that are looked at, and of its prose that are read."""
SHORT = 8
"""In a text of so few words one word decides."""
CLEAR_LEAD = 2

_FRENCH = (
    "absente accents accepter acces accueil affichage affiche affichent afficher afin aide aider ainsi ajout ajouter "
    "ajoutez alors ancien ancienne annuaire appel appels après au aucun aucune aussi autre autres aux avant avec avez "
    "avis avoir bloque bloquer bogue bonjour bouton boutons carte cartes casse cela ces cet cette ceux champs "
    "changement chaque charge chargement chemin chez chiffre chiffres clavier clic clics clique cliquer cliquez "
    "coller comme comportement compte comptes connexion contenu contenus corriger corrigez couleur couleurs courriel "
    "courriels creer créer dans depuis dernier derniers des devraient devrait doit doivent donc dossier dossiers "
    "doublon doublons du dès elle elles enregistrement enregistrer entre envoi envoyer envoyez erreur erreurs espace "
    "espaces est et faire fait faites faudrait faut faute fautes fautif fermer fichier fichiers filtrer fonctionne "
    "fonctionnement fonctionnent formulaire formulaires frappe haut heure heures horaire horaires ici ils inscrire "
    "jamais je jour jours jusque la langue langues le lecture lente lentes lenteur les leur leurs lien liens ligne "
    "lignes liste listes logiciel lors lorsque maintenant mais majuscule majuscules manquant manquante manquantes "
    "manquants manque mauvais mauvaise mauvaises merci mes mettre mise moins mot mots navigateur navigateurs nettoyer "
    "nom nombre noms nos notre nous nouveau nouveaux nouvel nouvelle nouvelles numero outil outils ouvert ouverte "
    "ouvrir où paiement par pas pendant permet permettre peut peuvent plusieurs pourquoi pourrait premier premiers "
    "prévoir puis quand quelques qui quoi recherche rechercher remplacer rendre renommer retirer rien saisie saisir "
    "sauvegarde sauvegarder selon sera serait sommaire son sont souris suivant suivante supprimer sur svp tableau "
    "tableaux taille texte textes titre titres toujours tous tout toute toutes traduction traductions traduire "
    "traduit trier trop trouver très un une utiliser vers vide vides vieux ville voici voir vos votre vous à ça çà"
)
_ENGLISH = (
    "a about add after all also an and any are as at be because been before between bug but button by can cannot "
    "change could crash create delete display do does each error every fail fails file fix for from get had has have "
    "how if in into is it its let link links make makes missing more most must my need needs new not of off on only "
    "our out please remove search should show shows so some text than thanks that the their them then there these "
    "they this those title to up update upgrade use used user users using was we were what when where which while who "
    "why will with without work works would wrong you your"
)
_OTHER = (
    "al ao aos auf beim como das dei della der det di ein eine el em esta este för gli het ich il inte ist jest kann "
    "lo los mit muestra nella nicht niet non och oder om os para pero più por quando sind sono um uma una und você "
    "voor wenn wird zum zur"
)
"""Frequent words of German, Spanish, Italian, Portuguese, Dutch, Swedish and Polish."""
_BORROWED = (
    "andré attaché beyoncé brûlée café cafés château cliché clichés crème crêpe crêpes décor déjà exposé façade "
    "façades fiancé fiancée françois frappé hélène josé montréal mélange naïve naïveté noël née orléans pokémon "
    "protégé purée québec rené renée risqué résumé résumés sauté soirée soufflé séance touché voilà zoé"
)
"""Words with accents that stand in English texts, too."""
FRENCH, ENGLISH, OTHER, BORROWED = (frozenset(words.split()) for words in (_FRENCH, _ENGLISH, _OTHER, _BORROWED))

_FRENCH_ENDINGS = (
    "aient", "aire", "aires", "aux", "elles", "ette", "ettes", "eur", "eurs", "euse", "euses", "eux", "ique", "iques", "oir",
    "oire", "oires", "onnelle", "quer", "ttre", "uire",
)  # fmt: skip
_AS_IF_FRENCH = (
    "acquire affaire amateur amateurs antique billionaire bordeaux boudoir boutique boutiques cassette cassettes "
    "chauffeur choir clique connoisseur conquer critique critiques entrepreneur entrepreneurs etiquette gazette "
    "grandeur inquire lacquer mademoiselle memoir millionaire mystique noir oblique omelette palette palettes "
    "physique questionnaire questionnaires repertoire require reservoir reservoirs roulette saboteur silhouette "
    "solitaire squire technique techniques unique vignette vignettes"
)
_ENGLISH_ENDINGS = ("ed", "ful", "ing", "less", "ly", "ness")
_AS_IF_ENGLISH = "camping mailing marketing parking planning shopping string timing"
NOT_FRENCH, NOT_ENGLISH = frozenset(_AS_IF_FRENCH.split()), frozenset(_AS_IF_ENGLISH.split())
"""Words of the other language with such an ending."""
_LONG_ENOUGH = 5
"""Letters from which on an ending says something."""

_WORD = re.compile(r"[^\W\d_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd)['’](?=[^\W\d_]{2})")
_CONTRACTION = re.compile(r"[a-z](?:n['’]t|['’](?:s|re|ll|ve))\b")
_QUOTED = re.compile("«[ \\u00a0\\u202f]")
_ACCENTED = re.compile("[àâæçéèêëîïôœùûÿ]")
_FOREIGN = re.compile("[^a-zàâæçéèêëîïôœùûÿ]|^[èéìò]$")
_NAME = re.compile(r"(?<=[^\s.:!?«(\"-] )[A-ZÀ-ÖØ-Þ][^\W\d_]*")
"""Words with a capital inside a sentence: names tell nothing of the language around them."""
_ASCII_SEPARATORS = {code: " " for code in range(128) if not chr(code).isalpha()}


def guess_language(title: str, body: str = "") -> str | None:
    """``fr``, ``en``, or None where neither clearly leads."""
    text = f"{title}\n{prose(body[:READ])[:HEAD]}"
    french, english, other, count = _counted(text)
    least = 1 if count <= SHORT else CLEAR_LEAD
    if french - max(english, other) >= least:
        return "fr"
    return "en" if english - max(french, other) >= least else None


def _counted(text: str) -> tuple[int, int, int, int]:
    """How many words speak for French, English, and other languages, and how many there are."""
    lowered = text.lower()
    if text.isascii():
        words = lowered.translate(_ASCII_SEPARATORS).split()
    else:
        names = {name.lower() for name in _NAME.findall(text)}
        words = [word for word in _WORD.findall(lowered) if word.isascii() or word not in names]
    told = Counter(map(_language_of, words))
    if "'" in text or "’" in text:
        told["fr"] += len(_ELISION.findall(lowered))
        told["en"] += len(_CONTRACTION.findall(lowered))
    return told["fr"] + len(_QUOTED.findall(text)), told["en"], told["other"], len(words)


@lru_cache(maxsize=16_384)
def _language_of(word: str) -> str:
    """The language that a word in lower case speaks for; nothing where it tells none."""
    has_ending = len(word) >= _LONG_ENOUGH
    if word in FRENCH or (has_ending and word.endswith(_FRENCH_ENDINGS) and word not in NOT_FRENCH):
        return "fr"
    if word in ENGLISH or (has_ending and word.endswith(_ENGLISH_ENDINGS) and word not in NOT_ENGLISH):
        return "en"
    if word in OTHER or _FOREIGN.search(word):
        return "other"
    return "fr" if _ACCENTED.search(word) and word not in BORROWED else ""
