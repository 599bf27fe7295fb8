"""Questions become runs, runs become answers: in turn, remembered, and given up when nobody waits."""
