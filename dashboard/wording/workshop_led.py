"""What a facilitator says, and what stands on the wall, in each phase of a workshop."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.wording.language import mark

ON_THE_WALL: Mapping[str, str] = {
    "lobby": mark("People join"),
    "decide": mark("Teams decide"),
    "lock": mark("Plans are locked"),
    "run": mark("The years are simulated"),
    "reveal": mark("What came of it"),
    "debrief": mark("Talk about it"),
    "finished": mark("The session is over"),
}
WAYS_IN_A_LINE: Mapping[str, str] = {
    "fortress": mark("Everybody for themselves: own levers, own books. Money moves by agreement alone."),
    "place": mark("One pot, one plan: everybody in a team moves every lever."),
}
WAY_NAMES: Mapping[str, str] = {"fortress": mark("Fortress round"), "place": mark("Place round")}

SAY: Mapping[str, str] = {
    "lobby": mark(
        "Say who you are and why we are here. Everybody joins, finds a table, and takes a role. Nobody needs to know "
        "the model: every lever says what it does."
    ),
    "decide": mark("Read out what the round is about. Say how long there is, and that you will call the last minute."),
    "lock": mark(
        "Say that nothing can be changed now. Ask each table for its guess in one sentence, before anybody knows."
    ),
    "run": mark(
        "Say what happens now: the same people fall ill in every team, and in doing nothing. What differs is the plan."
    ),
    "reveal": mark("Show one chart at a time. Ask what people expected before you say what it means."),
    "debrief": mark("Let tables speak before you do. Then ask each what it would decide otherwise in the next round."),
    "finished": mark("Thank everybody. Print the sheets, or let people keep theirs from their phone."),
}
LAST_DEBRIEF = mark("Let tables speak before you do. Then ask everybody to type one thing they will do on Monday.")
"""What to say in the debrief of the last round, instead."""

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "lobby": (
        mark("Who in this room has waited for another organisation this week?"),
        mark("What would you like to know by the end?"),
    ),
    "decide": (mark("What will this do in the next year, and what later?"), mark("Who pays for it, and who gains?")),
    "lock": (mark("Which number do you expect to move most?"), mark("What could go wrong with your plan?")),
    "run": (
        mark("If two teams come out the same, what would you conclude?"),
        mark("What would doing nothing have brought?"),
    ),
    "reveal": (mark("What surprises you?"), mark("Is the difference larger than chance? Look at the bars.")),
    "debrief": (mark("Was it demand, or was it flow?"), mark("Who gained, and did the place gain too?")),
    "finished": (mark("What will you do on Monday?"), mark("What would you want to check in your own data?")),
}
"""Two to ask in each phase."""

OF_FORTRESS: Mapping[str, tuple[str, str]] = {
    "decide": (
        mark("What do you want from another organisation, and what is it worth to you?"),
        mark("What happens to the others if you only balance your own books?"),
    ),
    "debrief": (
        mark("Which agreement would you make again, and which would you not?"),
        mark("Who gained, and what did it cost the place?"),
    ),
}
"""Others to ask, where everybody defends their own."""

UNDO: Mapping[str, str] = {
    "Begin": mark("Undo: beginning the round"),
    "Lock": mark("Undo: the lock"),
    "Run": mark("Undo: running the round"),
    "Reveal": mark("Undo: the reveal"),
    "Debrief": mark("Undo: going on to the debrief"),
    "Finish": mark("Undo: the end"),
    "PlayCard": mark("Undo: the card"),
    "Pause": mark("Undo: the pause"),
    "Resume": mark("Undo: going on after the pause"),
    "Restart": mark("Undo: the restart"),
    "Remove": mark("Undo: taking a seat away"),
    "HideNames": mark("Undo: names on the board"),
    "Door": mark("Undo: the door"),
}
"""What the button says that takes back what the facilitator did last, by act."""

ASKS_TWICE = ("Begin", "Run", "Reveal", "Finish", "Remove")
"""Acts that change what everybody sees, or who is there: undoing one needs a second press."""

SURPRISE_RULE = mark(
    "How it is chosen: whoever moves a lever is taken to hope that every headline measure gets better. Of those that "
    "got worse and can be told from chance, the one furthest from doing nothing, as a share of it, is named."
)
