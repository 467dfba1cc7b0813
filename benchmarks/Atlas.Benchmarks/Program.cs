using Atlas.Benchmarks;
using Atlas.Benchmarks.Reads;

return args is [ClientRole.Argument, var database] ? await ClientRole.RunAsync(database) : await BenchmarkProgram.RunAsync(args);
