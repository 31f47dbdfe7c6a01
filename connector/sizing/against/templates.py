"""A form that nobody filled in: headings without a text, or with nothing but what the template asks for."""

from __future__ import annotations

import re

from connector.sizing.against.prose import flat

READ_AT_MOST, LONGEST_FORM = 6_000, 60
"""A form that nobody filled in is short: letters, lines."""
_COMMENT = re.compile(r"<!--(?:(?!<!--)[\s\S]){0,5000}?-->")
_HEADING = re.compile(
    r"^\s{0,3}#{1,6}\s|^\s{0,3}(?:\*\*|__)[^\n]{1,100}(?:\*\*|__)\s{0,2}:?\s*$|^\s{0,3}[^\W\d][^\n:]{1,60}:\s*$"
)
_NOTHING = re.compile(r"^[\s\d.()\[\]xX*_+|:…-]*$")
_KEY = re.compile(
    r"^\W{0,6}(?:os|operating system|system|version|browser|device|platform|environment|systeme|navigateur|appareil|plateforme|environnement|"
    r"[^\W\d][\w '/-]{1,30}\s?:\s*$)(?:\s?:?[^\n]{0,40})?$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W{0,6}(?:\d{1,2}[.)]\s{0,2})?(?:"
    r"(?:please )?(?:describe|explain|tell us)\b[^\n]{0,90}\b(?:problem|bug|issue|feature|solution|behaviou?r|here|want|happen\w*|expect\w*|alternatives?|idea|need|clear\w*|detail)\b"
    r"|(?:please )?(?:add|list|provide|give|write|include|attach|paste|enter|insert|fill in|specify)\b[^\n]{0,40}\b(?:here|screenshots?|any other|as much|if (?:applicable|possible|you can|any)|relevant|your (?:own|environment|version|text|logs?|idea))\b"
    r"|(?:a|an) (?:clear and concise|clear|concise|short|brief) (?:description|summary|explanation)\b|if applicable\b|(?:e\.g\.|ex\.|for example|par exemple)\s"
    r"|what (?:did|do|would|should|have) (?:you|happen)\b|what you (?:expected?|want|did|would like|see|saw)\b|what (?:should|would) happen|what (?:actually |really )?happen(?:s|ed)\b"
    r"|steps to reproduce the behaviou?r|how (?:can|do|did) (?:we|you|one) (?:reproduce|see|get)|(?:go to|click on|scroll down to|open)\b[^\n]{0,20}(?:\.\.\.|…)|see error\W*$|(?:first|second|third|then|and then)\W{0,3}(?:step)?\W*$"
    r"|(?:no response|n/?a|none|nothing|aucune reponse|pas de reponse|neant|todo|tbd|xxx|lorem ipsum)\b\W*$"
    r"|decri(?:vez|re|s|vez-nous)\b[^\n]{0,90}\b(?:probleme|bugs?|bogue|ici|comportement|besoin|solution|anomalie|situation|demande|fonctionnalite|souhait\w*|clair\w*|concis\w*|idee|attend\w*)\b"
    r"|(?:une )?description (?:claire|courte|breve|concise)\b|(?:merci d[e'] ?)?(?:ajoute[rz]|joindre|joignez|indique[rz]|precise[rz]|liste[rz]|explique[rz]|colle[rz]|donne[rz]|renseigne[rz]|insere[rz])\b[^\n]{0,60}\b(?:ici|si (?:besoin|possible|utile|necessaire)|votre|vos|captures?|contexte|probleme)\b"
    r"|ce (?:qui|que vous)\b[^\n]{0,60}(?:passer?|attend\w*|voul\w+|souhait\w*|obten\w*|voy\w+|produi\w+|faire|fait)\W*$|comment (?:reproduire|le reproduire)"
    r"|etapes pour reproduire|(?:aller (?:sur|a)|cliquer sur|ouvrir|allez (?:sur|a)|cliquez sur)\b[^\n]{0,20}(?:\.\.\.|…)|voir l'erreur\W*$"
    r"|(?:i have|i've|j'ai|je n'ai|i) (?:searched|checked|read|looked|agree|verifie|cherche|lu|pas trouve)\b"
    r")",
    re.IGNORECASE,
)
_FRAMED = re.compile(
    r"^\s{0,3}(?:_[^_\n]{3,200}_|\*[^*\n]{3,200}\*|\[[^\W\d][^\]\n]{8,200}\]|<[^>\n]{3,200}>|\([^)\n]{8,200}\))\s*$"
)
"""A line that is set apart as a whole, as the words of a template often are."""
_EMPTY_LIST = re.compile(r"^(?:[ \t]{0,4}[-*+•][ \t]{0,3}(?:\[ ?\])?[ \t]{0,3}\r?(?:\n|\Z)){3}", re.MULTILINE)


def is_empty(body: str) -> bool:
    """Whether the text is a form of several parts in which nothing was written."""
    if len(body) > READ_AT_MOST:
        return False
    if _EMPTY_LIST.search(body):
        return True
    lines = [line for line in _COMMENT.sub("", body).splitlines() if line.strip()]
    if len(lines) > LONGEST_FORM:
        return False
    asked = framed = headings = 0
    for line in lines:
        if _HEADING.match(line):
            headings += 1
            asked += bool(_ASKS.match(flat(line)))
        elif _ASKS.match(flat(line).strip()):
            asked += 1
        elif _FRAMED.match(line):
            framed += 1
        elif not _NOTHING.match(line) and not _KEY.match(flat(line)):
            return False
    return headings >= 2 or bool(asked and (headings or framed or asked >= 2))
