"""What somebody writes who wants to take an issue: phrases of comments, beside those of who is at work already."""

from __future__ import annotations

from connector.sizing.against.phrases import lines

_TAKE = """
    take|pick up|grab|have a go at|try|claim|tackle|work on|fix|solve|handle|do|implement|contribute to|
    help with|take on|give
"""
_DESSUS = """
    m'en occuper|m'en charger|m'y mettre|travailler dessus|travailler la-dessus|la prendre|le prendre|
    prendre (ce|cette|ca|celle-ci|celui-ci)|m'y coller
"""

SAYS = lines("""
    (can|could|may|might) i [please|maybe] ({TAKE}) [on] (this|it|that) [a try|a shot|a go]
    (can|could|may|might) i [please] be assigned
    (i'd|i would|id) [really] (like|love|be happy|be glad|be interested|be delighted) (to|in) [please] ({TAKE}|work|
        working on|take|taking|be assigned|contribute)
    i (want|intend|plan|am going|'m going|'m planning) to ({TAKE}) (this|it|that)
    i can (take|pick up|grab|work on|tackle) (this|it|that) !(up|out|by|from|to)
    (i'm|i am|im) on (it|this) !(page|branch|version|list)
    (i've|i have|i) [already|just] (started|begun) (to work|work|working)
    [please|kindly] (assign|give) [this|it|this issue] [to] me
    assign me
    ^(assign|take|claim) [me] $
    j'* (aimerais|adorerais) [bien] ({DESSUS}|essayer)
    (aimerais|adorerais) [bien] ({DESSUS}|essayer)
    je (peux|pourrais|vais|veux bien|veux|voudrais|souhaite|souhaiterais) [bien] ({DESSUS}|la corriger|le corriger)
    (puis-je|est-ce que je peux|je peux) ({DESSUS})
    je (la|le|m'y) (prends|mets)
    j'y travaille
    (assignez|assigne|assignez-la|assignez-le|attribuez|attribuez-la|attribuez-le)-moi
    (je suis en train de travailler|j'ai commence a travailler)
    je m'en (occupe|charge)
""", TAKE=_TAKE, DESSUS=_DESSUS)  # fmt: skip
