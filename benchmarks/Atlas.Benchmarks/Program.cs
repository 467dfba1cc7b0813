using Atlas.Benchmarks;

return await BenchmarkProgram.RunAsync(args);
