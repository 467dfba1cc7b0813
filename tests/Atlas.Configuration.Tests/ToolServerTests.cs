using Atlas.Configuration.Tests.Support;

namespace Atlas.Configuration.Tests;

/// <summary>The key <c>agent.mcp_servers</c>.</summary>
public sealed class ToolServerTests : IDisposable
{
    private const string Agent =
        """
        agent: { type: litellm, name: a, system_prompt: s, llm: { model: m }, mcp_servers: SERVERS }
        teacher: { llm: { model: m } }
        rim: { small_model: { model: s }, large_model: { model: l } }

        """;

    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Agent };

    [Fact]
    public void A_program_and_an_address_are_read()
    {
        var servers = _place.Load(With(
            "[{ name: desk, command: dotnet, arguments: [desk.dll, --stdio], pass_environment: [DESK_KEY] }, { name: shop, url: 'https://shop.test/mcp', tools: [buy], timeout_seconds: 5 }]"))
            .Agent!.McpServers;

        Assert.Equal(["desk.dll", "--stdio"], servers[0].Arguments);
        Assert.Equal(60, servers[0].TimeoutSeconds);
        Assert.Equal("https://shop.test/mcp", servers[1].Url);
        Assert.Equal(["buy"], servers[1].Tools);
    }

    [Theory]
    [InlineData("[{ name: a }]", "has neither command nor url")]
    [InlineData("[{ name: a, command: x, url: 'http://a.test' }]", "has both command and url")]
    [InlineData("[{ name: a, url: 'http://a.test', arguments: [x] }]", "agent.mcp_servers[0].arguments is set, but a server with a url is not started here")]
    [InlineData("[{ name: a, command: x, token_env: T }]", "agent.mcp_servers[0].token_env is set, but a server with a command is not called over HTTP")]
    [InlineData("[{ name: a, command: x }, { name: a, command: y }]", "which another server already has")]
    [InlineData("[{ name: a, url: 'ftp://a.test' }]", "must be an absolute http or https address")]
    [InlineData("[{ name: a, command: x, timeout_seconds: 0 }]", "timeout_seconds is 0")]
    public void What_cannot_work_is_told(string servers, string expected) =>
        Assert.Contains(expected, _place.TheError(With(servers)), StringComparison.Ordinal);

    public void Dispose() => _place.Dispose();

    private static string With(string servers) => Agent.Replace("SERVERS", servers, StringComparison.Ordinal);
}
