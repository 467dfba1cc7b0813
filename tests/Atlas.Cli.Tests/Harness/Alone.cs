using Xunit;

namespace Atlas.Cli.Tests.Harness;

/// <summary>Tests that nothing may run beside: what they start may build the program that the others run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
