"""The questions and their answers in words."""

from __future__ import annotations

from connector.eligibility.rules import Question
from connector.web.i18n import lazy_gettext as _l

QUESTIONS = {
    Question.RECEIPTS: _l("Can the nonprofit issue receipts for gifts of companies?"),
    Question.TEAM: _l("Does an active team look after it?"),
    Question.VOLUME: _l("Is there enough to do?"),
    Question.PLACE: _l("Can it be worked on from afar?"),
    Question.CONTACT: _l("Does somebody answer within two working days?"),
    Question.NO_SECRETS: _l("Can it be done without production access, secrets and personal data?"),
}
HINTS = {
    Question.RECEIPTS: _l("Without receipts its days are counted, but enter no tax annex."),
    Question.TEAM: _l("Days a month that its own people spend. Volunteers are offered at most five times as many."),
    Question.VOLUME: _l("At least 10 open tasks of one day or less, or a batch of 20 days or more: say which."),
    Question.PLACE: _l("Else a fixed place with a workshop that can be repeated: say where."),
    Question.CONTACT: _l("Name who answers, and who does when they are away."),
    Question.NO_SECRETS: _l("None of them may be needed to do a task."),
}
CHOICES = {
    (Question.RECEIPTS, "yes"): _l("Yes"),
    (Question.RECEIPTS, "pending"): _l("A ruling of the tax office is awaited"),
    (Question.RECEIPTS, "no"): _l("No"),
    (Question.TEAM, "yes"): _l("Yes, this many days a month"),
    (Question.TEAM, "no"): _l("No"),
    (Question.VOLUME, "tasks"): _l("Yes, open tasks"),
    (Question.VOLUME, "batch"): _l("Yes, a batch"),
    (Question.VOLUME, "no"): _l("No"),
    (Question.PLACE, "remote"): _l("Yes"),
    (Question.PLACE, "workshop"): _l("In a workshop at a fixed place"),
    (Question.PLACE, "no"): _l("No"),
    (Question.CONTACT, "yes"): _l("Yes"),
    (Question.CONTACT, "no"): _l("No"),
    (Question.NO_SECRETS, "yes"): _l("Yes"),
    (Question.NO_SECRETS, "no"): _l("No"),
}
