using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// A server of yours where ConnectionStrings__learning names one, else a container.
IResourceBuilder<IResourceWithConnectionString> learning = builder.Configuration.GetConnectionString("learning") is null
    ? builder.AddPostgres("postgres").WithDataVolume().AddDatabase("learning")
    : builder.AddConnectionString("learning");

// Three silos of the project that is shipped. A silo of your own is a project with builder.AddAtlasSilo().
var atlas = builder.AddAtlas<Projects.Atlas_Silo>("atlas").WithReference(learning).WithReplicas(3);

builder.AddProject<Projects.Shop>("shop").WithReference(atlas).WaitFor(atlas).WithHttpEndpoint().WithHttpHealthCheck("/health");

builder.Build().Run();
