"""Short lessons for learners, each with a small network of its own that is run while somebody moves a slider.

A lesson is a file in `parameters/lessons/`: texts, sliders, what is shown, and a question. What is worked out is named
there and stands in `workings`. The answer to a question is never in a file: it is worked out when somebody answers.
"""

from sim.experiments.lessons.found import Found, Series
from sim.experiments.lessons.lesson import Lesson, Solution, solved, worked
from sim.experiments.lessons.load import lesson_files, load_lesson, load_lessons
from sim.experiments.lessons.schema import ChartSpec, QuestionSpec, SliderSpec

__all__ = [
    "ChartSpec",
    "Found",
    "Lesson",
    "QuestionSpec",
    "Series",
    "SliderSpec",
    "Solution",
    "lesson_files",
    "load_lesson",
    "load_lessons",
    "solved",
    "worked",
]
