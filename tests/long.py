"""Tests that take long, and hold in more places or by another way what a shorter test holds too.

`make test` leaves them out, so that it ends within a quarter of an hour on two cores; `make test-all` has them all. A
name stands for every test whose own begins with it.
"""

from __future__ import annotations

LONG = (
    # a page beyond its first state: every view is whole, and passes axe, in the short tests
    "tests/browser/test_bad_input.py::test_a_link_that_asks_for_what_there_is_not_says_so_as_text",
    "tests/browser/test_doubts.py",
    "tests/browser/test_drivers.py::test_a_plan_is_divided_in_words_bars_and_a_table",
    "tests/browser/test_help.py",
    "tests/browser/test_learn.py",
    "tests/browser/test_map.py",
    "tests/browser/test_past.py",
    "tests/browser/test_prove.py",
    "tests/browser/test_refining.py",
    "tests/browser/test_stress.py",
    "tests/browser/test_takes.py::test_a_mix_opens_on_the_levers",
    "tests/browser/test_views.py",
    "tests/browser/test_watch.py::test_the_words_of_a_day_are_those_of_the_table",
    # screens of a workshop one by one: a whole session is played in the short tests
    "tests/browser/test_workshop_seat.py",
    "tests/browser/test_workshop_seen.py",
    # phones on poor wifi: what the server does about lost and doubled presses is in the short tests
    "tests/browser/test_workshop_wifi.py",
    # servers, clusters and runs that are killed: one of each kind is in the short tests
    "tests/browser/test_workshop_killed.py",
    "tests/reproducibility/test_batch_bytes.py::test_a_batch_killed_on_a_cluster",
    "tests/reproducibility/test_batch_bytes.py::test_an_interrupted_batch",
    "tests/reproducibility/test_batch_bytes.py::test_threads_and_processes_give_the_bytes_of_one_thread[way1]",
    "tests/reproducibility/test_batch_bytes.py::test_threads_and_processes_give_the_bytes_of_one_thread[way2]",
    "tests/reproducibility/test_batch_bytes.py::test_threads_and_processes_give_the_bytes_of_one_thread[way3]",
    "tests/reproducibility/test_batch_workers.py::test_a_worker_with_another_library",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[attribute",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[optimise capacity]",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[optimise delay]",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[optimise mix]",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[optimise truth]",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[sensitivity",
    "tests/reproducibility/test_long_questions.py::test_killed_and_begun_again_on_more_threads_it_saves_the_same_bytes"
    "[stress",
    "tests/reproducibility/test_same_bytes.py::test_an_interrupted_run",
    "tests/reproducibility/test_same_bytes.py::test_several_threads_give_the_bytes_of_one[2]",
    # the same asked of more places, plans or values
    "tests/second_opinion/test_system_dynamics.py",
    "tests/unit/test_compile_cache.py::test_where_nothing_can_be_kept",
    "tests/validation/test_behaviour.py::test_a_lever_does_what_is_declared_of_it",
)
