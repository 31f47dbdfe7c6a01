"""What tells a time of work from other times: the phrases of `said_in_english` and `said_in_french`, and what speaks against.

The phrases are matched on plain sentences: lower case, no accents, one space between words, no markup. Words that only
hedge or bound a time ("about", "environ", "less than") belong to the time and are not repeated in them.

    §            a time such as "2-3 hours" or "at most a day"
    {this}       one of the words listed under this name
    [more ]      may be missing
    (one|other)  one of these
    (?!before)   not followed by this; (?=of) followed by it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from connector.sizing.stated import said_in_english, said_in_french

_SPECIAL = {
    "start": r"(?:^|[,;:(.] ?|- |(?:so|and|then|please|just|also|well|ok|easy|probably|donc|alors|et|merci de|puis) )",
    "begin": "^",
    "end": r"(?=[ .,;:!)]|$)",
    "stop": r"(?=[.!,;:)]|$)",
    "open": r"[(\[]",
    "clause": r"(?:^|[,;:(-] ?)",
    "gap": r" ?[,:(.-]{0,2} ?",
    "pause": r" ?[,:(.-]{1,2} ?",
    "dash": r" ?[,(.-]{1,2} ?",
    "word": r"\w+",
    "adverb": r"(?:\w+ly|\w+ment)",
    "clock": "[⏱⏲⏳⌛]",
}


def patterns(phrases: Iterable[str], words: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for several phrases in the notation above."""
    return re.compile("|".join(rf"(?:(?<!\w)|(?=\W)){_pattern(phrase, words)}" for phrase in phrases))


def _pattern(phrase: str, words: Mapping[str, str]) -> str:
    grouped = re.sub(r"\((?!\?)", "(?:", phrase).replace("[", "(?:").replace("]", ")?")
    return re.sub(r"\{(\w+)\}", lambda name: _named(name[1], words), grouped)


def _named(name: str, words: Mapping[str, str]) -> str:
    return _SPECIAL.get(name) or f"(?:{_pattern('|'.join(words[name].split(', ')), words)})"


SAID = (
    patterns(said_in_english.SAID, said_in_english.WORDS),
    patterns(said_in_french.SAID, said_in_french.WORDS),
)
"""They speak of the work."""
TAKES = (
    patterns(said_in_english.TAKES, said_in_english.WORDS),
    patterns(said_in_french.TAKES, said_in_french.WORDS),
)
"""They may speak of a program as well ("it should take 2 hours to load"): what stands around them decides."""


def _any(*lists: str) -> re.Pattern[str]:
    """Any of the words of these lists, each a beginning if it ends with a star."""
    words = [word for words in lists for word in words.split(", ")]
    return re.compile(rf"\b(?:{'|'.join(word.replace('*', chr(92) + 'w*') for word in words)})\b")


IS_OTHER = _any(
    "spent, lost, lose*, losing, wast*, took, taken, already, so far, after, since, for the last, for the past, in the last, in the past",
    "saves, save, saving, saved, costs us, cost us, you get, daily, weekly, monthly, gagner, gain*, gagne*, economis*, quotidien*, hebdomadaire*, mensuel*",
    "might expect, normally, last, past, next, waited, waiting, wait, worked, remaining, deliver*, shipping, arrival, arrives, arrive, arrivee, download, left",
    "perdu*, perd, passe, passes, deja, depuis, apres, au bout de, au bout d', pendant, durant, d'ici, dernier*, prochain*, mis, met, mettait",
    "travaille, attend*, attente, livraison, restant*, reste, trajet",
)
"""Before a time, in its part of the sentence: it is spent already, or one of waiting."""
IS_A_PROGRAM = _any(
    "timeout*, time-out*, deadline, interval, delay, cookie, cache, ttl, session, uptime, downtime, cron, expire*, respond, reply, replies",
    "response, sla, inactiv*, stale, overdue, remind*, build, builds, pipeline, test suite, queries, query, request, requests, script, upload",
    "import, export, sync, server, backup, loading, compilation, page, pages, must, need to, needs to, has to, have to",
    "reponse, repond*, rappel*, serveur, sauvegarde, chargement, doit, doivent, requete, requetes, traitement, calcul",
)
"""Before a time: a program takes it, or somebody asks for it."""
IS_SHOWN = _any(
    "shows, show, shown, displays, displayed, prints, printed, wrong, incorrect, instead of, rather than, but takes, but it takes, but took",
    "but it took, but needs, affich*, indique*, au lieu, faux, fausse, mais prend, mais elle met, mais il met, mais ca prend",
)
"""In the sentence: the time is a text, or compared with what happens."""
IS_SLOW = _any(
    "slow*, performance, latency, timeout*, time-out*, hangs, freezes, takes too, takes so, takes very, duration, durations, delay, delays",
    "countdown, timer, timers, lent, lente, lents, lentes, lenteur, bloque, rame, ralenti*, duree, durees, delai, delais",
)
"""In the title: what takes long is a program."""
IS_ABOUT_TIMES = _any(
    "duration, durations, timeout*, time-out*, delay, delays, slow*, timer, timers, countdown, expir*, event, events, meeting, meetings",
    "reminder, reminders, timesheet, time sheet, time track*, estimat*, arrival, delivery, video, videos, course, courses, trip, trips",
    "schedul*, interval*, eta, cookie, cookies, cache, session, sessions, token, tokens, performance, latency, lag, cron, uptime, workshop*",
    "hackathon*, webinar*, hours, opening, duree, durees, delai, delais, lent, lente, lenteur, minuteu*, compte a rebours, evenement*",
    "reunion*, rappel*, feuille de temps, feuilles de temps, livraison, trajet*, jeton*, atelier*, heures, stage, stages, conge*, absence*",
)
"""In the title: it may be about times, so that there a time needs a clearer word than "Time:"."""
WORKS = _any(
    "work, take, takes, estimat*, est, approx*, time, effort, swag, size, solve, solves, solved, resolve*, fix, fixed, do, doable, done, finish*",
    "complet*, implement*, contributor, duration, fit, fits, worth, break, development, dev, coding, newcomer, newcomers, beginner, task, job",
    "change, changes, require, requires, need, needs, workload, timebox*, person-day*, expect, enough",
    "charge, duree, temps, travail, tache, taches, contributeur, prend, prendre, prendra, demande, necessite, faisable, realisable, fait",
    "developpement, debutant*, compter, comptez, prevoir, realisation, boulot, tient, estime*, correction, code, codage, suffit, jours-homme",
)
"""In a label's description: the time is one of work."""
WAITS = _any(
    "stale, inactiv*, activity, respond*, response*, reply, replies, sla, deadline, overdue, wait*, remind*, closed, closing, ago, old, expire*",
    "every, timeout*, uptime, cooldown, hackathon, triage*, within 24, next, urgent, activite, repond*, reponse*, echeance, rappel*, ferme, fermee",
    "fermer, trier, triee*, sous",
)
"""In a label's description: the time is none of work."""
_OF_WORK = "|".join(
    (
        rf"(?:{_named('hard', said_in_english.WORDS)} )?{_named('work', said_in_english.WORDS)}",
        _named("of_work", said_in_english.WORDS),
        _named("travail", said_in_french.WORDS),
    )
)
_FOR_PEOPLE = "|".join(
    (
        _named("newcomer", said_in_english.WORDS),
        r"you|me|us|someone|somebody|anyone|everyone|it|this|that|these|all|everything|those|people|the (?:whole|task|work|implementation|first|complete|entire|rest)|an? (?:first|complete|proper)",
        _named("personne", said_in_french.WORDS),
        _named("faire", said_in_french.WORDS),
        r"vous|moi|toi|nous|ca|cela|ce|cet|cette|ceux|celles?|tout|le tout|l'ensemble|qui|les debutante?s|bien|commencer|debuter",
    )
)
SPEAKS_OF_OTHER = re.compile(
    rf"(?: (?:of|de) | d')(?!(?:{_OF_WORK})\b)\w|"
    rf" (?:for|pour) (?!(?:{_FOR_PEOPLE})\b)\w|"
    rf" to (?!{_named('to_work', said_in_english.WORDS)}\b)\w|"
    rf" a (?:se |s'|les |la |le |l')?(?!{_named('faire', said_in_french.WORDS)}\b)\w{{2,12}}(?:er|ir|re)\b|"
    r"'?s? ?(?:later|ago|old|earlier|before|after(?:wards)?|prior|left|remaining|apart|long|behind|late|until|since|ahead|as|more|read|delay|time-?out|window|intervals?|"
    r"periods?|trial|limit|deadline|notice|grace|cache|ttl|cycle|meeting|hackathon|event|sprint|video|time|now|on ci|on (?:my|our|the|a) (?:machine|laptop|server|computer|ci)|"
    r"at (?:this|that|the current|full) \w+|in the(?! (?:best|worst|first|end))|by the|please|"
    r"plus tard|plus tot|avant|apres|auparavant|restant\w*|comme|dans (?:le|la|les|l')|par (?:la|le|les|l')|au|aux|du|patientez)(?!\w)"
)
"""After a time: it is none of work."""
