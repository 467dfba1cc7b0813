using System.Globalization;
using System.Text.Json;
using Atlas.Configuration.Agents;
using Atlas.OrderDesk.Serving;
using Atlas.OrderDesk.World;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Agents.ToolServers;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Run.Tests.Agents;

/// <summary>Tools of MCP servers that are real: a program that is started, and an address.</summary>
public sealed class ToolServerTests
{
    private static readonly ToolServerOptions Program = new()
    {
        Name = "desk",
        Command = "dotnet",
        Arguments = [Places.Atlas, "order-desk", "--stdio"],
    };

    [Fact]
    public async Task A_program_offers_its_tools_and_executes_them()
    {
        await using var servers = await ToolServers.ConnectAsync([Program]);

        Assert.Equal(DeskTools.Names.Order(), servers.Tools.Select(tool => tool.Name).Order());
        var refund = servers.Tools.Single(tool => tool.Name == DeskTools.RefundOrder);
        Assert.Contains("amount", refund.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        var answer = await refund.InvokeAsync(new AIFunctionArguments { ["order_id"] = 1042, ["amount"] = 18.5 });
        Assert.Equal("18.50 given back for order 1042", answer as string);
    }

    [Fact]
    public async Task An_address_offers_its_tools_and_executes_them_on_its_world()
    {
        await using var desk = await DeskServer.StartAsync();
        await using var servers = await ToolServers.ConnectAsync([At(desk)]);

        var tell = servers.Tools.Single(tool => tool.Name == DeskTools.NotifyCustomer);
        await tell.InvokeAsync(new AIFunctionArguments { ["order_id"] = 1000, ["message"] = "It is settled." });

        Assert.Equal("It is settled.", desk.World.StateOf(1000).Told);
    }

    [Fact]
    public async Task Only_the_tools_that_are_named_are_used_and_one_that_is_missing_is_told()
    {
        await using var desk = await DeskServer.StartAsync();

        await using var servers = await ToolServers.ConnectAsync([At(desk) with { Tools = [DeskTools.GetOrder] }]);
        Assert.Equal(DeskTools.GetOrder, Assert.Single(servers.Tools).Name);

        var missing = await Assert.ThrowsAsync<AgentException>(() => ToolServers.ConnectAsync([At(desk) with { Tools = ["fly"] }]));
        Assert.Contains("has no tool 'fly'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_with_a_tool_of_one_name_are_refused()
    {
        await using var desk = await DeskServer.StartAsync();

        var clash = await Assert.ThrowsAsync<AgentException>(
            () => ToolServers.ConnectAsync([At(desk), At(desk) with { Name = "other" }]));

        Assert.Contains("'desk' and 'other'", clash.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_breaks_the_schema_is_an_error_of_the_tool()
    {
        await using var desk = await DeskServer.StartAsync();
        await using var servers = await ToolServers.ConnectAsync([At(desk)]);

        var look = servers.Tools.Single(tool => tool.Name == DeskTools.GetOrder);

        await Assert.ThrowsAsync<AgentException>(async () => await look.InvokeAsync(new AIFunctionArguments { ["order_id"] = "many" }));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_with_its_name()
    {
        var failure = await Assert.ThrowsAsync<AgentException>(
            () => ToolServers.ConnectAsync([new ToolServerOptions { Name = "gone", Command = "/nonexistent/server" }]));

        Assert.Contains("gone (/nonexistent/server)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo no such order book >&2; exit 3", "the program ended before it answered. Its last line of error output: no such order book")]
    [InlineData("exit 3", "the program ended before it answered.")]
    public async Task A_program_that_ends_early_is_reported_with_its_last_words(string script, string says)
    {
        var failed = await Assert.ThrowsAsync<AgentException>(() =>
            ToolServers.ConnectAsync([Program with { Command = "sh", Arguments = ["-c", script] }]));

        Assert.EndsWith(says, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_its_time()
    {
        await using var silent = await ScriptedServer.StartAsync(ScriptedServer.Hang());

        var failure = await Assert.ThrowsAsync<AgentException>(() => ToolServers.ConnectAsync(
            [new ToolServerOptions { Name = "silent", Url = silent.Address.AbsoluteUri, TimeoutSeconds = 0.3 }]));

        Assert.Contains("did not answer within 0.3 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_sent_from_its_variable_and_a_variable_that_is_not_set_is_told()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(new { error = "no" }, 401));
        var options = new ToolServerOptions { Name = "closed", Url = server.Address.AbsoluteUri, TokenEnv = "DESK_TOKEN" };

        await Assert.ThrowsAsync<AgentException>(() => ToolServers.ConnectAsync([options], _ => "s3cret-token"));
        Assert.All(server.Requests, request => Assert.Equal("Bearer s3cret-token", request.Headers["Authorization"]));

        var unset = await Assert.ThrowsAsync<AgentException>(() => ToolServers.ConnectAsync([options], _ => null));
        Assert.Contains("DESK_TOKEN", unset.Message, StringComparison.Ordinal);
    }

    private static ToolServerOptions At(DeskServer desk) => new() { Name = "desk", Url = new Uri(desk.Address, "mcp").AbsoluteUri };
}
