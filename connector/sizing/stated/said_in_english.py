"""English phrases that state the time of a task, in the notation of `phrases`."""

from __future__ import annotations

WORDS = {
    "noun": "thing, issue, task, ticket, fix, bug fix, change, work, one, feature, story, card, refactoring, refactor, implementation, cleanup, clean-up, "
    "port, rewrite, migration, pull request, pr, chore, spike, patch",
    "doing": "implementing, fixing, doing, writing, solving, adding, porting, migrating, cleaning, testing, documenting",
    "this": "this, it, that, all of this, all of it, everything, (this|the|that) [whole |entire |little |small ]{noun}, implementation, "
    "{doing} (it|this|that|all of it|this properly|it properly), it all",
    "modal": "should, will, would, might, could, shall, ought to, is going to, is likely to, is expected to, is estimated to, wo",
    "will": " ({modal}|can|may)[n't| not], 'll[ not], 'd[ not]",
    "maybe": "only, probably, likely, really, not, all, then, maybe, definitely, easily, well, also, certainly, surely, quickly, currently, roughly",
    "people": "you, me, us, i, we, someone, somebody, anyone, anybody, one person, (someone|somebody|anyone) who {word}[ {word}][ {word}], {newcomer}",
    "newcomer": "(a|an|one|any) [{word} |{word} {word} ](person|newcomer|beginner|contributor|developer|dev|volunteer|student|maintainer|programmer|novice|coder), a newbie, newcomers, beginners",
    "take": "take, need, require, cost, consume, occupy, involve, amount to, exceed, go beyond, last",
    "done": "done, finished, completed, fixed, solved, resolved, implemented, written, wrapped up, knocked out, coded, tackled, handled, sorted",
    "do": "do, finish, complete, fix, solve, implement, resolve, tackle, handle, write, get, knock out, wrap up",
    "it": "this, it, that, this one, the (issue|task|ticket|work|job|fix), this (issue|task|ticket)",
    "work": "work, effort, development, dev, coding, programming, implementation, engineering, labour, labor, workload, hacking, "
    "writing, (my|your|our|dev|developer|development|working|programming) time",
    "hard": "pure, net, actual, solid, focused, concentrated, full-time, hard, steady, manual, your, dedicated, careful, continuous, uninterrupted, real, {word}ly",
    "of_work": "your, my, our, his, her, total, all, one, someone, average, time, a dev, a day, charge, temps, moyenne",
    "to_work": "implement, fix, do, complete, write, code, build, develop, add, finish, solve, resolve, refactor, make, get (this|it) done, get done, migrate, port, address, tackle, handle, "
    "clean, rewrite, document, test, work on, put together, figure out, land, knock, set up, review, wrap up",
    "count": "count, plan, budget, reckon, allocate, set aside, block, block out, put aside, figure on, count on, plan on, plan with, bank on, plan for, reckon with, give it, give yourself, allow yourself, pencil in",
    "guess": "guess, estimate, estimation, guesstimate, bet, effort, gut feeling, hunch, workload",
    "small": "quick, easy, small, simple, tiny, trivial, short, little, straightforward, beginner, fast",
    "job": "task, job, fix, change, project, effort, thing, undertaking, piece of work, ticket, exercise, hack, one, win, issue, patch, assignment",
}

SAID = (
    # I estimate seven hours; I'd put this at a day.
    "(i|we)['d| would|'ve| have] [{maybe} ](say|guess|guessed|estimate|estimated|reckon|budget|bet on|quote|put|bet)[ this| it| that][ at| to be| to take| for| takes| needs] §",
    "i'm guessing[ that][ {this}['s| is| takes|{will} take]] §",
    "my {guess}{pause}§",
    "(i|we)['ve| have| had] (planned|budgeted|set aside|allotted|reserved|allocated|scheduled|blocked)[ out] §(?= (for|to)|{stop})",
    "§,? (i'd (say|guess|think)|i (guess|think|reckon|suppose))(?!\\w)",
    "(i|we)['d| would] (say|think|guess|reckon|estimate|believe|expect|suppose|assume)[ that] {this}[ {maybe}]['s| is| takes| needs| requires| represents|{will} take] §",
    # Estimated at 3h; estimate: two days; my rough guess is that it's a day.
    (
        "({clause}|({this}|effort|workload|time)('s| is| was| has been|'s been| have been)[ {maybe}] |(i|we)['ve| have] )(estimated|estimate|guesstimated|sized|scoped|quoted|evaluated)"
        "[ this| it| that| the {noun}][ at| to be| to take| as| for this is][ spending] §"
    ),
    "{guess}[ {word}] (is|would be|of|'s)[ that][ {this}['s| is| takes|{will} take]] §",
    "(at a guess|ballpark|off the top of my head|finger in the air|back of the envelope|rule of thumb|rough estimate|wild guess|my guess|estimation){pause}§",
    "effort ?: §",
    "({begin}|{open})(est|estim) ?:? ?§",
    "{clock} ?:? ?§(?=[.!]?$)",
    "§ (estimated|estimate|guesstimate|timebox|time-box){stop}",
    # Count five hours; allow half a day for this.
    "{start}[you (should|can|may|will|must|need to|have to) |let's |better |we['d| should| would] |i['d| would] ]{count}[ in| about] §",
    "{start}[you (should|can|may) ](allow|expect|reserve|schedule|keep)[ yourself] §(?= (for (this|it|the (work|task|job|whole))|if|to (do|complete|finish|fix|implement|write)|of (work|effort|dev|coding)))",
    "expect (to spend|to need|to invest|it to take|this to take|to take|to work) §",
    # Time-boxed to half a day; don't spend more than two hours.
    "time( |-|)box(ed|ing|)[ this| it| the {noun}][ to| at| of| is| for]:? §",
    "§ (timebox|time-box|spike)",
    "(you['ll| will| would| should|'d]|don't|do not|not|should|shouldn't|nobody should|no one should)[ {maybe}| need to| have to| expect to| please] (spend|invest|waste|put in)[ you| up to] §",
    "(limit yourself|limit the (work|effort|time)|cap (it|this|the effort|the work)|stop working|please stop|give up|(effort|work) is (capped|limited)) (to|at|after) §",
    # Two hours of work; half a day's work; a 15-minute job.
    "§['s|'| s] [worth of |of ][{hard} ]{work}(?! (day|days|week|hours|permit|schedule|limit|log|experience|per|each|every|a (day|week)))(?!\\w)",
    "({begin}|(is|it's|that's|be|than|just|only|maybe|perhaps|roughly|about|say|another) )[a |an |about a |about an ][{small} |nice |good |typical ]§( |-)[long |ish ]{job}s?(?= (for|if|to|that|and|or|including|with|once)|{stop})",
    "(is|it's|that's|be|than|just|only|maybe) [a |an ](task|job|project|piece of work|undertaking|matter|workload) of §",
    "(effort|workload|just a matter|only a matter|be a matter) of §",
    "keep (you|someone|somebody|us|me) busy[ for] §",
    "{small} {job}{pause}§{end}",
    "{begin}[pretty |fairly |quite |very |rather ](easy|simple|trivial|quick|small){dash}§{stop}",
    "{begin}(easy|trivial|simple) ?: §{stop}",
    "(should|would|will) be[ {maybe}| pretty| quite| fairly| very] {small}{pause}§{end}",
    "{modal}(n't| not)[ {maybe}] (take|be)[ too| very| that| so] long{pause}§{end}",
    "not[ a| too| very][ big| large| huge] (job|deal|thing|task|change){pause}§{end}",
    "({this}|job) is worth §",
    # Two hours to implement; half a day for a newcomer; two hours if you know SQL.
    "{start}[i'd say |maybe |takes |needs ]§ to {to_work}(?! request)(?!\\w)",
    "{start}[i'd say |maybe ]§,? for (you|someone|somebody|{newcomer}|the (whole|entire) {noun}|this {noun}|everything|an experienced|a new|a first)",
    "{start}[i'd say |maybe ]§,? (if (you|someone|somebody)[ {maybe}]('re| are| know|'ve| have| never)|depending on (your|experience|how)|with some (experience|help))",
    # This task takes a day; it takes a newcomer a day.
    "(this|the|that) [{word} ](issue|task|ticket|fix|change|job|story) (takes|needs|requires|represents|involves|means|amounts to|comes to|costs) §",
    "takes {newcomer} §",
    "{doing} (this|it)[ {word}] takes §",
)
TAKES = (
    # This should take two hours; it won't need more than a day.
    "{this}( {modal}[n't| not]|'ll[ not]|'d[ not])[ {maybe}] [{maybe} ]{take}[ {people}][ anywhere] §",
    "{begin}(shouldn't|should not|won't|will not) be §{stop}",
    "{this}{will}[ {maybe}] (be doable|be done|fit)[ in| into| within] ?§",
    "{modal}[n't| not][ {maybe}] take {people} §",
    "{doing} ({word} |{word} {word} |{word} {word} {word} )(should|will|would)[n't| not][ {maybe}] take[ {people}] §",
    "{begin}[probably |likely ](should|would|will|might|could)[n't| not][ {maybe}] {take}[ {people}] §",
    "{begin}[probably |easily |maybe |likely ]takes §{stop}",
    "(we|you)('ll|'d| will| would| should| can| could)[n't| not][ {maybe}] need[ {people}] §",
    # Doable in an hour; can be done within a day; a newcomer can do it in a day; fits in an afternoon.
    "(doable|feasible|achievable|manageable|solvable|fixable|implementable)[ by {newcomer}| for {newcomer}][ in| within| under] ?§",
    "({this}[{will}]|{begin}({modal}|can|may|probably)|get (this|it)|have (this|it))[ {maybe}][ be][ {maybe}] {done}[ by {people}][ in| within] ?§",
    "(you|i|we)[{will}] be (done|finished|through)[ in| within] ?§",
    "{begin}[easily |quickly ]{done}[ in| within] ?§",
    "{people} ({modal}|can|may)[ {maybe}][ be able to] {do} {it}[ done| out| up][ {adverb}][ in| within] ?§",
    "{this}[{will}] (fits|fit|be squeezed|be packed)[ in| into| inside] ?§",
    "{begin}[easily ]fits[ in| into| inside] ?§",
    # Half an hour is enough; an afternoon should do.
    (
        "({clause}|(think|guess|probably|maybe|believe|assume|say|that) )§ [is |are |should be |will be |would be |seems |might be |should |will |would |ought to ][more than |really |quite ]"
        "(enough|sufficient|plenty|suffice|suffices|do)(?! to (load|reproduce|crash|see|trigger))(?!\\w)"
    ),
)
