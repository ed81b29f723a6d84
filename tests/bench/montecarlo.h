#pragma once

/// Paths x months x grants per second of a simulation, on one and two threads, beside the bare
/// arithmetic over the same arrays and a vectorised script doing the same work.
void bench_montecarlo();
