using Atlas.Hosting;

// The silo as it is shipped. A silo of your own is a copy of this file: chain UseJudge, UseSynthesizer, AddGuard
// or AddImporter to AddAtlasSilo(), or register services before it; what is there already stays. See samples/OwnParts.
return await AtlasSiloProcess.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddAtlasSilo();

    var app = builder.Build();
    app.MapAtlasHealth();
    app.MapAtlasMetrics();
    app.MapAtlasDashboard();
    app.MapAtlasHome();
    app.MapAtlasApi();
    app.MapAtlasProxy();
    app.MapAtlasConsole();
    return app;
});
