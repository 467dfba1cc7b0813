using Xunit;

namespace Atlas.Cli.Tests.Harness;

[CollectionDefinition(Name)]
public sealed class SharedSilo : ICollectionFixture<RunningWorkspace>
{
    public const string Name = "a running silo";
}
