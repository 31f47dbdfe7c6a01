"""Lists of words that the phrases of several rules share."""

from __future__ import annotations

ISSUE = "issue|ticket|task|story|card|item|request|bug|feature|page|spec|description|writeup|write-up|text"
FICHE = "ticket|fiche|tache|issue|demande|sujet|bug|anomalie|carte|tiquet|chantier|point|evolution|travail"
CE = f"ce|cette|cet|le present|la presente|la|le) [present|presente] ({FICHE}"
CANNOT = (
    "can't|cannot|can not|couldn't|could not|won't be able to|will not be able to|not able to|unable to|must not|mustn't|"
    "should not|shouldn't|may not|not possible to|impossible to"
)
NOT = "not|isn't|is not|aren't|are not|wasn't|hasn't|has not|haven't|have not|hasn't been|haven't been|never|won't be|will not be"
START = (
    "start|begin|proceed|continue|go ahead|move forward|move on|make progress|do this|do it|do anything|be started|be done|be begun|"
    "be worked on|be tackled|be picked up|be implemented|be merged|be fixed|be finished|be completed|be closed|be tested|be tried|work on (this|it)|"
    "start on (this|it)|start (this|it)|start with (this|it)|start work*|begin work*|implement (this|it)|fix (this|it)|tackle (this|it)|"
    "finish (this|it)|complete (this|it)|merge (this|it)|land (this|it)|pick (this|it) up|pick up (this|it)"
)
COMMENCER = (
    "commencer|demarrer|debuter|avancer|continuer|s'y mettre|nous y mettre|y toucher|y travailler|s'en occuper|entamer|attaquer|"
    "traiter|le traiter|la traiter|le faire|la faire|faire|poursuivre|progresser|developper|coder|implementer|fusionner|finir|terminer|"
    "(etre|soit) (commence*|demarre*|entame*|fait*|traite*|realise*|attaque*|fusionne*|lance*|teste*|corrige*|termine*|developpe*|mene*)|"
    "rien (faire|commencer|demarrer)"
)
