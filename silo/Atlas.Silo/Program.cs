using Atlas.Silo.Hosting;

return await SiloProcess.RunAsync(args);
