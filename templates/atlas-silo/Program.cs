using Atlas.Hosting;

// The database is named by ATLAS_DATABASE_URL=postgresql://user:password@host:5432/database; its tables are made at the first start.
// Whatever keeps the silo from starting is told in a sentence, and by the exit code.
return await AtlasSiloProcess.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);

    // Your own parts are chained here: .UseJudge(…), .UseSynthesizer(…), .AddGuard(…), .AddImporter(…).
    builder.AddAtlasSilo();

    var app = builder.Build();
    app.MapAtlas();
    return app;
});
