"""It tells of a weakness that somebody could use. Never offered and never quoted: what is doubtful counts."""

from __future__ import annotations

import re

from connector.sizing.against.phrases import lines

LABELS = lines("""
    security
    security (issue|bug|fix|vulnerability|advisory|flaw|alert|hole|risk|hardening|sensitive|report|incident|problem|
        high|critical|low|medium|moderate|patch|update)
    vulnerability
    vulnerabilities
    cve
    advisory
    confidential
    sensitive
    exploit
    ghsa
    xss
    csrf
    (data|privacy) (leak|breach)
    embargo
    embargoed
    responsible disclosure
    pentest
    (is|kind|impact) security
    securite
    (faille|alerte|bug|bogue|probleme|correctif|incident|risque) [de] securite
    vulnerabilite
    vulnerabilites
    vulnerable
    faille
    failles
    confidentiel
    confidentielle
    sensible
    (fuite|fuites) [de] (donnees)
    divulgation responsable
    avis de securite
""")  # fmt: skip
PAYLOAD = re.compile(
    r"\bon(?:error|load|click|mouseover|focus)\s{0,3}=\s{0,3}[\"']?\s{0,3}(?:alert|prompt|confirm|eval|fetch|javascript)\b|<script[^>\n]{0,80}>\s{0,3}(?:alert|prompt|eval|document\.cookie|fetch)\b|"
    r"javascript:\s{0,3}alert\b|'\s{0,3}(?:or|OR)\s{1,3}'?1'?\s{0,3}=\s{0,3}'?1|;\s{0,3}(?:drop|DROP)[\s+]{1,3}(?:table|TABLE)\b|\.\./\.\./(?:\.\./){0,9}etc/passwd|[?&]\w{1,20}=(?:\.\./|%2e%2e)|\{\{\s{0,3}7\s{0,3}\*\s{0,3}7\s{0,3}\}\}|"
    r"-----BEGIN (?:[A-Z]{2,8} )?PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{30,40}\b|\bglpat-[\w-]{20}\b|\bxox[bp]-\d{5,}",
)
"""What those who show a weakness write, in code as well."""
PAYLOAD_HINTS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "<script", "javascript:", "1'", "1=", "1 =", "drop", "passwd", "=../", "=%2e",
    "{{", "private key", "akia", "ghp_", "glpat-", "xox",
)  # fmt: skip
"""One of them stands in each, in lower case."""
SPARED = re.compile(
    r"^(?![^\n]*\bCVE-\d)(?![^\n]*\bGHSA-\w)[^\n]*(?:\b(?:docs?|documentation|guide|handbook|section|links?|typo|policy|spelling|translat\w+|badge|label|menu entry|"
    r"(?:explain|describe|document|mention|write|clarify|list|rename|tell) (?:how|where|what|the|that|people)?|contact address|footer|readme|page|heading|paragraph|wording|glossary|filter|species|"
    r"rubrique|lien|liens|traduire|traduction|politique|faute|coquille|expliquer|decrire|documenter|mentionner|preciser|paragraphe|glossaire|libelle|filtre|especes?|titre|pied de page|routiere|alimentaire|consignes?)\b|\.(?:md|rst|txt)\b)",
    re.IGNORECASE,
)
"""Titles that speak of the subject: pages that tell how to report, filters of animals, words."""

NAMES = lines("""
    -- known kinds of weakness, in a title
    (security|safety) (vulnerability|vulnerabilities|hole|flaw|bug|fix|hardening|problem|risk|weakness|loophole|leak|
        incident|breach|patch|alert|advisory|concern)
    security issue
    security issues
    vulnerability
    vulnerabilities
    vulnerable (to|dependency|dependencies|version|versions|package|packages|library|libraries|transitive|component|
        code|copy|endpoint|versions of)
    (is|are) vulnerable
    (xss|csrf|xsrf|ssrf|xxe|rce|idor|lfi|rfi|redos|toctou|clickjacking|tabnabbing|crlf injection|path traversal|
        directory traversal|zip slip|zip bomb|prototype pollution|session fixation|session hijacking|account takeover|
        privilege escalation|mass assignment|credential stuffing|brute force|brute-force|bruteforce|timing attack|
        replay attack|man-in-the-middle|mitm|dos attack|ddos|denial of service|open redirect|cache poisoning|
        request smuggling|subdomain takeover|typosquatting|host header injection|open relay)
    cross-site (scripting|request forgery)
    (sql|command|code|html|script|header|ldap|template|shell|email header|csv|formula|log|os command|xpath|nosql|css|
        prompt|argument|content|eval|object|sqli|formula) injection
    remote code execution
    arbitrary (code|file|command|commands|files|sql|html|javascript) [execution|read|write|upload|inclusion|deletion|
        download|injection]
    (unsafe|insecure|untrusted) (deserialisation|deserialization|unpickling|yaml loading|yaml load|pickle|eval|
        file upload|direct object|redirect|default|random|hash|hashing|cookie|cookies|permissions|file permissions|
        comparison|storage|protocol|tls|transport|temp*)
    (auth*|login|permission|permissions|access control|access check|2fa|mfa|two-factor|paywall|csrf|signature|captcha|
        rate limit|sso|password|sandbox) [check|checks|control|verification|protection] (bypass*|can be bypassed|
        is bypassed|circumvented|can be skipped|not enforced|is not enforced|is skipped|not checked|is missing)
    bypass* [of] [the] (auth*|login|permission|permissions|access control|access check|2fa|mfa|two-factor|paywall|
        csrf|signature|captcha|rate limit|sso|password check|sandbox)
    (password|passwords|secret|secrets|token|tokens|credential|credentials|api key|api keys|apikey|private key|
        access key|session id|session ids|session token|session tokens|personal data|private data|user data|
        e-mail addresses|email addresses|keys|signing key|certificate key|encryption key|ssh key|cookie|cookies|
        connection string) [of _|for _|of all _] [_] [is|are|being|gets|get|was|were] [_] (leak|leaks|leaked|leaking|
        exposed|exposure|disclosed|disclosure|committed|checked in|hardcoded|hard-coded|hard coded|published|
        in plain text|in plaintext|in clear text|in cleartext|in the clear|logged|in the logs|in log files|in logs|
        visible|readable|stored in plain|sent in plain|unencrypted|guessable|predictable|in repository|
        in the repository|in repo|in the repo|in the git history|in git history|in url|in the url|in image|
        in the image|in the docker image|embedded|shipped|bundled|baked|never expire|never expires|do not expire|
        don't expire|not expire|doesn't expire|reusable|not invalidated|not revoked|accepted)
    (leak|leaks|leaked|leaking|expose|exposes|exposed|exposing|disclose|discloses|reveals|hardcoded|hard-coded|
        plaintext|plain-text|cleartext|committed|compromised|stolen|guessable|predictable|unencrypted|
        publicly readable|world-readable) [of|the|all|our|some|a|user|users'|users|admin|api] [_] (password|passwords|
        secret|secrets|token|tokens|credential|credentials|api key|api keys|private key|access key|session ids|
        session tokens|personal data|private data|e-mail addresses|email addresses|encryption key|signing key|ssh key|
        connection string)
    (account|session|user) (takeover|hijacking)
    (weak|broken|insecure|outdated) (hash|hashing|hashes|password hash*|password hashing|cipher|ciphers|cryptography|
        encryption|crypto|random*|tls|ssl|authentication|access control|authorisation|authorization)
    (passwords|password) [are|is] [still] (hashed with|stored with|hashed using|stored as|stored in|stored unhashed|
        saved in|saved as|encrypted with|kept in) [_] [_] (md5|sha1|sha-1|plain*|clear*|unsalted|base64|without|
        reversible)
    (missing|no|lacking|lack of|absent|without|insufficient|incorrect|wrong|broken) [_] (authorisation|authorization|
        authentication|permission|access control|ownership|csrf|rate|signature|access) (check|checks|control|
        protection|limit|limiting|limits|verification|validation|token) !link
    no (rate limit|rate limiting|brute-force protection|brute force protection|lockout|csrf token|csrf protection|
        authorisation|authorization)
    (security|responsible|coordinated|embargoed) disclosure
    penetration test
    (backdoor|malware|supply chain attack|supply-chain attack|trojan|malicious)
    zero-day
    -- en francais, dans un titre
    (faille|failles|breche|trou|probleme|alerte|incident|defaut) (de securite|xss|csrf|critique|d'authentification|
        securite|dans|sur|au niveau|permettant|d'acces)
    (vulnerabilite|vulnerabilites)
    (injection|injections) (sql|de script|de code|de commande|de commandes|html|d'en-tete|d'entetes|javascript|ldap|
        de modele|shell|de scripts|css|csv|nosql|de formule|de formules)
    (execution) [de] (code|commande|commandes|script) [arbitraire*|a distance|distant|malveillant]
    (contournement|contourner) [de|du|des|d'|la|le|l'] [l'] (authentification|controle|controles|droits|permissions|
        verification|connexion|captcha|double|limitation|autorisations|acces|mot de passe)
    (deserialisation) (non|dangereuse|peu|arbitraire|de donnees|hasardeuse)
    (fuite|fuites|divulgation|exposition|exfiltration|vol) (de|des|du|d'*) [la|les|tous les] (donnees|mots|mot|jeton|
        jetons|identifiants|secrets|secret|cle|cles|informations|adresses|session|sessions|cookie|cookies|courriels)
    (usurpation|prise de controle|vol|detournement|enumeration|piratage) (de|d'|du|des) [l'|un] (compte|comptes|
        identite|session|sessions|utilisateur*|adresse*)
    (elevation|escalade) (de|des) (privileges|droits)
    (upload|uploading|televersement|televerser|envoi|depot) (of|de|d') .. (php|executable*|scripts|svg|html|jsp|exe) ..
        (possible|accepted|allowed|accepte*|autorise*|permis)
    (force brute|attaque par force brute|attaque par dictionnaire|attaque de l'homme|bourrage d'identifiants|
        deni de service|traversee de repertoire*|traversee de chemin|redirection ouverte|detournement de clic|
        porte derobee|logiciel malveillant|rejeu)
    (mot de passe|mots de passe|jeton|jetons|secret|secrets|cle privee|cles privees|cle d'api|cle d'acces|cles d'api|
        cles api|cle api|cle ssh|identifiants|cookie de session|cle de chiffrement|cle de signature|numeros de carte|
        coordonnees|donnees personnelles|adresses electroniques) [_] [_] [_] [_] [est|sont] [_] (en clair|en dur|
        expose*|publie*|visible*|lisible* par|divulgue*|dans le depot|dans l'image|dans les journaux|dans l'historique|
        dans l'url|dans les logs|commit*|versionne*|embarque*|pousse*|accessible* (a|aux|par|sans|depuis)|journalise*|non chiffre*|
        previsible*|devinable*|fuit|fuitent|fuite|livre*|n'expire*|jamais|stocke* sans|reutilisable*|dans un commit|
        hache* en md5|en md5)
    (absence|aucun|aucune|manque|pas|sans|defaut) [de|d'] [_] (controle d'acces|controle des droits|
        controle des acces|verification des droits|verification de droits|verification des permissions|
        controle de droits|controle d'autorisation|limitation des tentatives|limitation du nombre|
        limite de tentatives|limite de debit|jeton csrf|protection csrf|chiffrement|verification de la signature|
        verification du proprietaire|authentification|verification d'identite|controle)
    (hachage|chiffrement|algorithme) (faible|obsolete|casse|md5|sha1|sha-1|trop faible|non sale)
    (test|tests) d'intrusion
    divulgation responsable
""")  # fmt: skip


def shows_attack(text: str) -> bool:
    """Whether the text, with its code, holds what somebody types to show a weakness, or a secret."""
    lowered = text.lower()
    return any(hint in lowered for hint in PAYLOAD_HINTS) and bool(PAYLOAD.search(text))
