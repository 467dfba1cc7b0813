using Atlas.Hosting;

// The silo that Atlas ships. To build your own, copy this file and chain UseJudge, UseSynthesizer, AddGuard or AddImporter
// to AddAtlasSilo(), or register services before it: services that are already registered are kept. See samples/OwnParts.
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
