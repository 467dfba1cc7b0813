using Xunit.Sdk;
using Xunit.v3;

// Every test here starts processes; beside each other they would only wait for one another.
[assembly: Parallelization(Mode = ParallelMode.None)]
