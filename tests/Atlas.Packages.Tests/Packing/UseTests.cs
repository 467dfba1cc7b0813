using System.Globalization;
using System.Text;
using System.Text.Json;
using Atlas.Testing;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Packages.Tests.Packing;

/// <summary>What somebody does with the packages who has nothing else of ours.</summary>
[Collection(PackedProduct.Name)]
public sealed class UseTests(PackedProduct product)
{
    private const string Program = """
        using Atlas.Client;
        using Atlas.Contracts.Sessions;

        // The cluster of the folder .atlas above.
        await using var atlas = await AtlasClient.ConnectAsync();

        var session = await atlas.StartSessionAsync(new StartSession("Refund order 1042", "packages/refunds"));
        Console.WriteLine($"version {session.Playbook.Version}");

        await session.AppendAsync(
            TrajectoryEvent.ToolCall("get_order", "1042"),
            TrajectoryEvent.ToolResult("get_order", "shipped, not delivered"));

        var completed = await session.CompleteAsync("The refund is on its way.", score: 0.9);
        Console.WriteLine($"session {completed.SessionId}");
        """;

    [Fact]
    public async Task An_agent_made_of_one_template_learns_from_a_silo_made_of_the_other()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var model = await ScriptedServer.StartAsync(
            Answers.OpenAITool("get_order", """{"id":"1042"}"""), Answers.OpenAI("Order 1042 is shipped, and not delivered."));
        var ports = FreePorts.Find(3);
        var silo = product.Shell.In("ShopSilo", new Dictionary<string, string?>
        {
            ["ATLAS_DATABASE_URL"] = database.Address,
            ["Atlas__Http__Port"] = Text(ports[0]),
            ["Atlas__Silo__Port"] = Text(ports[1]),
            ["Atlas__Silo__GatewayPort"] = Text(ports[2]),
        });
        var agent = product.Shell.In("ShopAgent", new Dictionary<string, string?>
        {
            ["ATLAS_DATABASE_URL"] = database.Address,
            ["OPENAI_BASE_URL"] = model.OpenAIAddress,
            ["OPENAI_API_KEY"] = "any",
        });
        await MakeAsync("atlas-silo", silo);
        await MakeAsync("atlas-agent", agent);

        var log = new StringBuilder();
        using var running = silo.StartInBackground(log, "dotnet", Built(silo, "ShopSilo"));
        try
        {
            await SiloHealth.WaitAsync(Text(ports[0]), running, log, TimeSpan.FromMinutes(2));

            // On a machine that is very busy an agent does not wait for its cluster, goes on without it, and says so.
            var answer = await agent.RunAsync("dotnet", Built(agent, "ShopAgent"), "Where is order 1042?");
            for (var again = 0; again < 5 && answer.Contains("not recorded", StringComparison.Ordinal); again++)
            {
                answer = await agent.RunAsync("dotnet", Built(agent, "ShopAgent"), "Where is order 1042?");
            }

            Assert.Contains("Order 1042 is shipped, and not delivered.", answer, StringComparison.Ordinal);
            Assert.Contains("Session 1: Succeeded", answer, StringComparison.Ordinal);
            Assert.Equal(0.9, (await database.ScalarAsync<double>("SELECT (reward->>'score')::float8 FROM sessions WHERE status = 'succeeded'")), 6);
        }
        finally
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_program_of_fifteen_lines_records_a_session_in_what_the_tool_started()
    {
        var place = product.Shell.In("Refunds");
        var tools = Path.Combine(place.Folder, "tools");
        await place.RunAsync("dotnet", "tool", "install", "Atlas.Grains.Cli", "--version", PackedProduct.Version, "--tool-path", tools);
        await place.WriteAsync("Refunds.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Atlas.Grains.Client" Version="{PackedProduct.Version}" />
              </ItemGroup>
            </Project>
            """);
        await place.WriteAsync("Program.cs", Program);
        await BuildAsync(place);

        var atlas = Path.Combine(tools, "atlas");
        var ports = FreePorts.Find(3).Select(Text).ToList();
        try
        {
            await place.RunAsync(atlas, "up", "--detach", "--http-port", ports[0], "--silo-port", ports[1], "--gateway-port", ports[2]);
            var said = await place.RunAsync("dotnet", Built(place, "Refunds"));
            using var sessions = JsonDocument.Parse(await place.RunAsync(atlas, "session", "list", "--key", "packages/refunds", "--json"));

            Assert.Equal(15, Program.Split('\n').Length);
            Assert.StartsWith("version 0", said, StringComparison.Ordinal);
            Assert.Contains("session 1", said, StringComparison.Ordinal);
            Assert.Contains("packages/refunds", sessions.RootElement.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            await place.RunAsync(atlas, "down");
        }
    }

    private async Task MakeAsync(string template, Shell place)
    {
        await place.RunAsync("dotnet", "new", template, "-o", ".", "--no-update-check");
        await BuildAsync(place);
    }

    private async Task BuildAsync(Shell place)
    {
        await place.RunAsync("dotnet", "build", "-c", "Release", "-nologo", "-v", "quiet", "-warnaserror");

        // What is ours came out of the folder of packages.
        using var assets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(place.Folder, "obj", "project.assets.json")));
        var ours = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Name.StartsWith("Atlas.Grains", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.NotEmpty(ours);
        Assert.All(ours, library => Assert.Contains(library.Name.Split('/')[0], product.Packages.Keys));
    }

    private static string Built(Shell place, string name) => Path.Combine(place.Folder, "bin", "Release", "net10.0", $"{name}.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
