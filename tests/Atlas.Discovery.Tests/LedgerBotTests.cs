using Atlas.Discovery.Findings;
using Xunit;

namespace Atlas.Discovery.Tests;

/// <summary>A folder of Python files, read without Python. Importing one of them would raise.</summary>
public sealed class LedgerBotTests
{
    private readonly DiscoveredProject _project = Places.Discover(Places.LedgerBot);

    [Fact]
    public void Agent_and_environment_are_told_by_their_methods()
    {
        var (agent, environment) = (_project.Choice.Agent!, _project.Choice.Environment!);

        Assert.Equal(("ledger.agent", "LedgerAgent", 17), (agent.Module, agent.QualifiedName, agent.At.Line));
        Assert.Equal(["method:act", "method:plan", "method:summarize", "prompt"], agent.Signals);
        Assert.Equal(("ledger.environment", "LedgerEnvironment", 120), (environment.Module, environment.QualifiedName, environment.Score));
        Assert.Equal(
            "You reconcile bank feeds with the general ledger.\nQuote the ledger's ids, and say which lines have no partner.\n", _project.Choice.SystemPrompt);
    }

    [Fact]
    public void The_model_is_found_through_the_variable_that_names_it()
    {
        var choice = _project.Choice;

        Assert.Equal(("openai", "gpt-4.1", "LEDGER_KEY"), (choice.Provider, choice.Model, choice.ApiKeyVariable));
    }

    [Fact]
    public void Decorated_functions_are_tools()
    {
        var tools = _project.Findings.Tools;

        Assert.Equal([("match_lines", "mcp_tool"), ("ledger.read", "decorated")], tools.Select(tool => (tool.Name, tool.Kind)));
        Assert.Equal("Pair feed lines with ledger rows.", tools[0].Description);
        Assert.Equal(
            """{"type":"object","properties":{"strict":{"type":"boolean"},"limit":{"type":"integer"}},"required":["strict"]}""",
            tools[0].Parameters.ToJsonString());
        Assert.Equal(["account"], tools[1].Parameters["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void Servers_are_found_that_it_is_and_that_it_starts()
    {
        McpServerFinding[] servers = [.. _project.Findings.McpServers];

        Assert.Equal([("ledger", "provided"), ("bank-mcp", "stdio")], servers.Select(server => (server.Name, server.Transport)));
        Assert.Equal(["--password", "***"], servers[1].Arguments);
    }
}
