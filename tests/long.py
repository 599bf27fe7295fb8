"""Tests that take long, and hold in more places or by another way what a shorter test holds too.

`make test` leaves them out, so that it ends within a quarter of an hour on two cores; `make test-all` has them all. A
name stands for every test whose own begins with it.
"""

from __future__ import annotations

LONG = (
    # a page beyond its first state: every view is whole, and passes axe, in the short tests
    "tests/browser/test_accessibility.py",
    "tests/browser/test_bad_input.py::test_a_link_that_asks_for_what_there_is_not_says_so_as_text",
    "tests/browser/test_doubts.py",
    "tests/browser/test_drivers.py::test_a_plan_is_divided_in_words_bars_and_a_table",
    "tests/browser/test_help.py",
    "tests/browser/test_keep_and_share.py::test_dialogs_pass_axe_in_both_themes_and_on_a_tablet",
    "tests/browser/test_learn.py",
    "tests/browser/test_map.py",
    "tests/browser/test_past.py",
    "tests/browser/test_prove.py",
    "tests/browser/test_refining.py",
    "tests/browser/test_stress.py",
    "tests/browser/test_takes.py::test_a_mix_opens_on_the_levers",
    "tests/browser/test_takes.py::test_each_question_is_answered_whole_at_every_size_and_outlives_a_reload[delay]",
    "tests/browser/test_takes.py::test_each_question_is_answered_whole_at_every_size_and_outlives_a_reload[fund]",
    "tests/browser/test_takes.py::test_each_question_is_answered_whole_at_every_size_and_outlives_a_reload[mix]",
    "tests/browser/test_views.py",
    "tests/browser/test_watch.py::test_the_words_of_a_day_are_those_of_the_table",
    # screens of a workshop one by one: a whole session is played in the short tests
    "tests/browser/test_workshop_seat.py",
    "tests/browser/test_workshop_seen.py",
    # servers, clusters and runs that are killed: one of each kind is in the short tests
    "tests/browser/test_killed.py",
    "tests/browser/test_workshop_killed.py",
    "tests/reproducibility/test_batch_bytes.py::test_a_scheduler_that_never_comes_back",
    "tests/reproducibility/test_batch_bytes.py::test_an_interrupted_batch",
    "tests/reproducibility/test_batch_bytes.py::test_threads_and_processes_give_the_bytes_of_one_thread[way1]",
    "tests/reproducibility/test_batch_bytes.py::test_whoever_of_a_cluster_is_killed_nothing_is_lost_or_counted_twice"
    "[lose_the_scheduler]",
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
    "tests/unit/dashboard/shelf/test_killed.py::test_a_dashboard_killed_in_mid_session_and_started_anew",
    "tests/unit/dashboard/shelf/test_sessions_together.py::test_a_program_killed_while_it_acts_leaves_a_whole_log[postgres]",
    "tests/unit/dashboard/shelf/test_sessions_together.py::test_of_two_programs_at_the_same_line_one_wins[postgres]",
    # the same asked of more places, plans or values
    "tests/agreement/test_engines_agree.py::test_two_localities_month_by_month_under_changing_conditions[0.0]",
    "tests/agreement/test_engines_agree.py::test_two_localities_month_by_month_under_changing_conditions[0.5]",
    "tests/reproducibility/test_stored_impacts.py",
    "tests/second_opinion/test_system_dynamics.py",
    "tests/unit/cli/test_analysis_commands.py::test_gap_tells_all_44_and_england",
    "tests/unit/cli/test_sensitivity_command.py::test_screening_then_indices",
    "tests/unit/cli/test_stress_command.py::test_shares_regret_and_shocks",
    "tests/unit/dashboard/test_hostile.py::test_every_name_that_is_looked_for_may_have_any_value",
    "tests/unit/dashboard/test_hostile.py::test_every_query_is_refused_or_put_right",
    "tests/unit/dashboard/test_hostile.py::test_every_part_of_a_link_is_put_right",
    "tests/unit/experiments/test_stress.py::test_threads_change_nothing",
    "tests/unit/test_compile_cache.py::test_a_second_process",
    "tests/unit/test_compile_cache.py::test_where_nothing_can_be_kept",
    "tests/validation/test_directions_published.py",
    "tests/verification/test_moves.py::test_every_station_lets_in_and_out_who_moved",
    "tests/validation/test_behaviour.py::test_a_lever_does_what_is_declared_of_it",
)
