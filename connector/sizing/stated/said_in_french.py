"""French phrases that state the time of a task, without accents, in the notation of `phrases`."""

from __future__ import annotations

WORDS = {
    "qui": "quelqu'un qui {word}[ {word}][ {word}], celui qui {word}[ {word}]",
    "tache": "ticket, tache, travail, travaux, correction, correctif, changement, modification, modif, evolution, demande, sujet, chantier, developpement, implementation, refonte, "
    "migration, ajout, reecriture, nettoyage, realisation, fonctionnalite, mise a jour, mise en place, intervention, chose, issue, anomalie, boulot",
    "cela": "ca, cela, ceci, ce, il, elle, l'ensemble, le tout, tout, tout cela, tout ca, (ce|cette|cet|le|la|l') ?[petite |petit |gros |grosse ]{tache}",
    "devrait": "devrait, devraient, pourrait, va, vont, risque de, devra, doit",
    "prendre": "prendre, demander, necessiter, occuper, couter, requerir, exiger, representer, durer, reclamer, mobiliser, depasser, exceder, tenir, se faire, tenir en, tenir dans",
    "prendra": "prendra, prendrait, demandera, demanderait, necessitera, necessiterait, occupera, coutera, requerra, exigera, representera, representerait, reclamera, mobilisera, depassera, durera",
    "prend": "prend, demande, necessite, occupe, coute, requiert, exige, represente, reclame, mobilise, vaut, pese",
    "vous": "vous , te , t', me , m', nous , lui , leur ",
    "fait": "faite?s?, finie?s?, terminee?s?, reglee?s?, bouclee?s?, pliee?s?, torchee?s?, expediee?s?, traitee?s?, corrigee?s?, resolue?s?, realisee?s?, implementee?s?, codee?s?, ecrite?s?, "
    "achevee?s?, mene a bien, prete?s?",
    "travail": "travail, boulot, taf, dev, developpement, code, codage, effort, labeur, main d'oeuvre, charge, programmation, travaux, redaction, realisation, votre temps",
    "verbe": "faire, corriger, coder, implementer, realiser, ecrire, terminer, finir, resoudre, traiter, developper, regler, boucler, mettre en place, ajouter, migrer, refaire, rediger, "
    "documenter, tester, nettoyer, en venir a bout, s'en sortir",
    "faire": "[le |la |l'|les |tout ]{verbe}",
    "compter": "compter, comptez, compte, comptons, prevoir, prevoyez, prevois, prevoit, reserver, reservez, allouer, allouez, consacrer, consacrez, bloquer, bloquez, s'accorder, accordez-vous, "
    "donnez-vous, tabler, tablez, budgeter, budgetez",
    "personne": "(un|une) [{word} ](debutante?|personne|developpeu{word}|novice|benevole|contributeur|contributrice|nouvelle|nouveau|habituee?|junior|experte?|bon dev), quelqu'un, une seule personne, {qui}",
    "petite": "petit, petite, rapide, simple, facile, court, courte",
    "affaire": "affaire, tache, travail, boulot, chantier, travaux, effort, ticket, correction",
}
SAID = (
    # J'évalue le travail à sept heures; estimé à 3 h; la charge est de deux jours.
    "({clause}|({cela}|effort|charge|duree|temps)[ {word}] (est|a ete|serait|etait)[ {adverb}] )(estime|estimee|estimes|evalue|evaluee|chiffre|chiffree)( |[ a| entre] )§",
    "(j'|nous |nous l'|on |on l'|je l'|je |nous avons |on a |j'ai )(estime|estimons|estimerais|evalue|evaluons|chiffre|chiffrons)[ ((le|la|l'|ce|cette|votre) ?({tache}|temps|charge|effort|duree)|cela|ca|tout|le tout)[ {word}]][ a| entre] §",
    "(estime|estimons|pense|pensons|crois|dirais) qu'il (faut|faudra|faudrait)[ {adverb}] §",
    "(estimation|charge|evaluation|effort|chiffrage|duree du travail|temps de travail|duree estimee|temps estime|charge estimee)[ initiale| grossiere| rapide| estimee] (est|serait|sera|de|d'|est de|serait de|est estimee? a) ?§",
    "(je (dirais|parierais|mise|miserais|table|tablerais|pense a|pars|mettrais)[ sur]|on (dirait|table sur|part sur|mise sur)|disons|tablez sur|tabler sur|partir sur|partons sur) §",
    "(a vue de nez|a la louche|au doigt mouille|grosso modo|au pif|au juge|a la grosse|estimation rapide|a mon avis|selon moi){gap}[je dirais |c'est |il faut |ce sera ]§",
    "§,? (je dirais|je pense|a mon avis|a vue de nez|a la louche|grosso modo)(?!\\w)",
    "§ (estimee?s?|d'estimation|a prevoir){stop}",
    # Comptez trois heures; prévoir une journée; il faut compter 2 h.
    "({start}|(conseille de|conseillons de|pensez a|preferable de|necessaire de) |(faut|faudra|faudrait|peut|pouvez|pourra|devez|devriez|je|on|vous) [en |donc |plutot |bien ])[y ]{compter}[-y| y| plutot| bien| donc| quand meme| ici| pour (ca|cela)] [sur ]§(?! (de (delai|pause|marge|preavis|retard|conservation)|avant|apres|entre|plus))",
    "({begin}|il |ca )[vous |te |nous |lui ](faut|faudra|faudrait)[ bien| donc| sans doute] §(?= (de {travail}|pour (tout |ecrire|faire|corriger|coder|ce |cette )|a (une|un|quelqu)))",
    "(nous avons|on a|j'ai) (prevu|reserve|alloue|budgete|bloque) §(?= pour|{stop})",
    "il (vous|te|nous|lui) (faut|faudra|faudrait)[ {adverb}] §",
    # Vous en aurez pour une heure; un débutant y passera une journée; n'y passez pas plus de 2 h.
    "(en|y) (avez|aurez|aurait|aurais|auriez|as|auras|a|aura|ai|aurai|avoir)[ {adverb}][ pas][ que] pour §",
    "y pass(era|erez|eras|erait|ez|er) §",
    "(pas|plus|jamais|inutile d'y)[ y] (passer|passez|passe|consacrer|consacrez)[ pas][ y] §",
    "(n'y|ne) (passez|consacrez|passer|consacrer|passons)[ pas] §",
    # Temps limité à 4 h; limitez-vous à une journée.
    "(travail|effort|temps|tache|recherche|exploration|charge|temps passe) (limitee?|plafonnee?|bornee?) a §",
    "{start}(limitez|limiter|plafonner|bornez|limitons)[-vous][ (le|l'|la|votre|ce|cette) ?(travail|effort|temps|tache|recherche|exploration|temps passe)] a §",
    "temps (limite|imparti|maximal|maximum|alloue|max)[ a| de| est de| :] §",
    # Deux heures de travail; l'affaire d'une heure; une tâche d'une demi-journée; petite tâche (1 h).
    "§ (de |d'|en |a )?{travail}(?! (par|effectif par|distant|a distance))(?!\\w)",
    "({begin}|(c'est|ce n'est|est|sera|serait|que) )[plutot |juste ][un |une |l']?[petite? |bonne? |mini-]{affaire} (de |d'|sur )?§(?= (pour (un|une|quelqu|bien|commencer|debuter|vous)|si|avec|environ|max)|{stop})",
    "{petite}s? (tache|ticket|correction|boulot|travail|chose|modification|modif|evolution|retouche|changement){pause}§{end}",
    "(tache|ticket|correction|travail) {petite}{pause}§{end}",
    "[c'est |devrait etre |sera |serait |plutot |tres |assez |vraiment ]({petite}|vite fait){dash}§{stop}",
    "{begin}(facile|simple) ?: §{stop}",
    "(pas|rien)[ de][ bien| tres| vraiment| si| trop] (long|longue|complique|compliquee|mechant){pause}§{end}",
    # Deux heures pour tout faire; une demi-journée pour un débutant; une heure si vous connaissez.
    "{start}[il faut |compter ]§ (pour|a) {faire}(?!\\w)",
    "{start}§,? (pour|par) ({personne}|le tout|l'ensemble|ce ticket|cette tache)",
    "{start}§,? (si (vous|tu|on) {word}|(selon|suivant) (votre|l'experience)|quand on (connait|decouvre|debute)|en (decouvrant|connaissant))",
    # Ce ticket demande une journée; je pense que cela prend une heure.
    "(ce|cette|cet) [{word} ](ticket|tache|travail|correction|correctif|changement|modification|evolution|chantier|developpement|sujet|issue)[ ne] ({prend}|tient|tient en|tient sur)[ pas] §",
    "(je (pense|crois|dirais)|a mon avis,?|j'estime|selon moi,?)[ que| qu'] ?{cela} [{vous}]({prend}|fait) §",
    "(ca|cela) represente §",
    "(travail|tache|realisation|developpement|chantier|correction|implementation) (d'une duree|de l'ordre|estimee?)[ de| d'| a] ?§",
)
TAKES = (
    # Cela prendra deux heures; la correction ne devrait pas demander plus d'une heure.
    "{cela}[ ne| n'] ?{devrait}[ {adverb}][ pas| jamais] ?[{vous}][pas ]{prendre}[ {vous}][ {adverb}] ?§",
    "({begin}|{cela}[ ne| n'] ?)[{vous}]{prendra}[ pas][ a {personne}] §",
    "{begin}(prend|demande|necessite) §{stop}",
    # Une journée suffit.
    (
        "({clause}|(que|qu'|pense|crois|dirais|alors|donc) ?)§ [me |nous |vous |te ][{adverb} ](suffit|suffisent|suffira|suffiront|suffirait|suffiraient|(devrait|devraient|doit|doivent|pourrait)[ {adverb}][ y]"
        " (suffire|faire l'affaire|aller)|fera l'affaire|feront l'affaire|(semble|semblent|est|sont|sera|seront)[ {adverb}] suffisante?s?)"
    ),
    # Faisable en une heure; fait en une heure; à faire en une heure; peut se faire en une matinée.
    "(faisables?|realisables?|jouables?|achevables?|executables?|corrigeables?|implementables?)[ (par|pour) {personne}][ {adverb}][ en| dans| sur] ?§",
    "({clause}|(c'est|sera|serait|etre|ca|cela|tout|vite|rapidement|tache|ticket|travail) )[{adverb} |vite ]{fait}[ {adverb}][ par {personne}][ en] ?§",
    "{begin}(a|peut se|doit pouvoir se|devrait pouvoir se) {verbe}[ en] ?§",
    "(se (fait|fera|ferait|faire|traite|regle|corrige|code|boucle|realise|plie)|({personne}|on|vous|je|tu) (peut|pouvez|peux|pourra|devrait|devriez|pourrait|doit)[ {adverb}][ pouvoir][ le] {faire}[ ca| cela| ce ticket| cette tache])[ en| sur] ?§",
    "({personne}|(un|une) {word}) (le|la|l') ?(fera|ferait|fait|reglera|corrigera|terminera|bouclera)[ en] ?§",
    "y (arriver|arrivera|parvenir|parviendra)[ en] §",
    # Tient en une journée.
    "({begin}|({cela}|qui) )[doit |devrait |peut |pourrait ](tient|tenir|tiendra|tiendrait|rentre|rentrer|rentrera)[ {adverb}][ en| dans| sur] ?§",
)
