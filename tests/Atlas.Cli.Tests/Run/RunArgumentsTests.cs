using Atlas.Cli.Run;
using Xunit;

namespace Atlas.Cli.Tests.Run;

public sealed class RunArgumentsTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("[1]")]
    [InlineData("tenant=acme")]
    [InlineData("null")]
    public void Metadata_that_is_no_clear_object_is_a_wrong_command_line(string written)
    {
        var refused = Assert.Throws<CommandFailedException>(() => RunArguments.Metadata(written));

        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--metadata is not a JSON object in which each name occurs once.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_is_read_with_where_the_run_came_from()
    {
        var metadata = RunArguments.Metadata("""{"tenant_id":"acme","note":"half \ud83d"}""");

        Assert.Equal(("acme", "half \uFFFD", "atlas run"), ((string?)metadata["tenant_id"], (string?)metadata["note"], (string?)metadata["source"]));
        Assert.Single(RunArguments.Metadata(null));
    }
}
