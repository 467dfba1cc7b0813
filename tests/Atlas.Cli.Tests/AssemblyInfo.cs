using Xunit.Sdk;
using Xunit.v3;

// Tests here start processes and wait for them more than they compute, so a few go beside each other. What must be alone says so.
[assembly: Parallelization(Mode = ParallelMode.Collections, MaxThreads = 3)]
