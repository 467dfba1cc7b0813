using Xunit;

namespace Atlas.Discovery.Tests;

/// <summary>A small ASP.NET project with an agent, read without building it.</summary>
public sealed class ShopDeskTests
{
    private readonly DiscoveredProject _project = Places.Discover(Places.ShopDesk);

    [Fact]
    public void The_class_that_takes_a_chat_client_and_answers_is_the_agent()
    {
        var agent = _project.Choice.Agent!;

        Assert.Equal(("ShopDesk", "DeskAgent", "DeskAgent.cs", 5), (agent.Module, agent.QualifiedName, agent.At.File, agent.At.Line));
        Assert.Equal("desk-agent", _project.Choice.Name);
        Assert.Equal("You are the desk of a shop. Look an order up before you change it.", _project.Choice.SystemPrompt);
    }

    [Fact]
    public void The_model_is_found_with_its_address_and_the_variable_of_its_key()
    {
        var choice = _project.Choice;

        Assert.Equal(("openai", "gpt-4.1-mini", "SHOP_MODEL_KEY", "https://models.example.test/v1"), (choice.Provider, choice.Model, choice.ApiKeyVariable, choice.Address));
        Assert.False(choice.Inferred);
    }

    [Fact]
    public void Tools_come_with_names_descriptions_and_parameters()
    {
        var tools = _project.Findings.Tools.ToDictionary(tool => tool.Name);

        Assert.Equal(["Refund", "get_order", "now"], tools.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Look an order up by its number.", tools["get_order"].Description);
        Assert.Equal("OrderTools.GetOrder(int, bool)", tools["get_order"].Function);
        Assert.Equal(
            """{"type":"object","properties":{"number":{"type":"integer","description":"The order\u0027s number"},"withHistory":{"type":"boolean"}},"required":["number"]}""",
            tools["get_order"].Parameters.ToJsonString());
        Assert.DoesNotContain("cancellation", tools["Refund"].Parameters.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Tell the time.", tools["now"].Description);
    }

    [Fact]
    public void The_route_that_asks_the_agent_is_found_and_no_other()
    {
        var endpoint = Assert.Single(_project.Findings.Endpoints);

        Assert.Equal(("/ask", "http://localhost:5071/ask", "answer"), (endpoint.Route, endpoint.Address, endpoint.ResultPath));
    }

    [Fact]
    public void Servers_and_prompt_files_are_found()
    {
        Assert.Equal(
            ["payments http", "warehouse stdio"],
            _project.Findings.McpServers.Where(server => server.Transport != "provided").Select(server => $"{server.Name} {server.Transport}").Order(StringComparer.Ordinal));
        Assert.Contains(_project.Findings.McpServers, server => server.Transport == "provided");
        Assert.Contains(_project.Findings.Prompts, prompt => prompt.Name == "tone" && prompt.Text.StartsWith("Answer in two", StringComparison.Ordinal));
    }
}
