using Atlas.Domain;
using Atlas.Hosting;
using Atlas.Runtime.Importing;
using OwnParts;

// A silo with parts of one's own, and no fork of anything. Tasks of this shop are judged, learned from, guarded and imported by the
// four classes beside this file.
return await AtlasSiloProcess.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddAtlasSilo()
        .UseJudge(_ => new RefundJudge(TimeProvider.System))
        .UseSynthesizer(_ => new LessonSynthesizer())
        .AddGuard(_ => new PromiseGuard())
        .AddImporter(_ => new TableOfRuns());

    // Imports are made by a client of the cluster, which here is this same process.
    builder.AddAtlasClient(client => client.DatabaseUrl = builder.Configuration["ATLAS_DATABASE_URL"]);

    var app = builder.Build();
    app.MapAtlas();
    app.MapPost("/import", async (string format, string path, string key, RunImports imports, CancellationToken cancellation) =>
        await imports.ImportAsync(format, path, key, new ReviewDecision(ReviewStatus.Approved, "the shop", "recorded by the shop"), cancellation));
    return app;
});
