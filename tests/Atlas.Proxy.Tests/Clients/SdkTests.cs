using System.ClientModel;
using System.Diagnostics;
using Anthropic;
using Atlas.Proxy.Tests.Harness;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Xunit;

namespace Atlas.Proxy.Tests.Clients;

/// <summary>The SDKs of the vendors, unchanged but for their base address.</summary>
public sealed class SdkTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    private House House => shared.House;

    [Fact]
    public async Task The_packages_of_npm_talk_through_it()
    {
        var key = await PrepareAsync();
        var folder = Directory.CreateTempSubdirectory("atlas-sdk-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"type": "module", "private": true, "dependencies": {"openai": "^6", "@anthropic-ai/sdk": "*"}}""");
            File.Copy(Path.Combine(AppContext.BaseDirectory, "use_sdks.mjs"), Path.Combine(folder, "use.mjs"));
            await RunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--silent");
            Assert.Contains("all as they should be", await RunAsync(folder, "node", "use.mjs", key, "npm-sdk"), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_package_of_OpenAI_talks_through_it()
    {
        var key = await PrepareAsync();
        var client = new OpenAIClient(
            new ApiKeyCredential("sk-mine"), new OpenAIClientOptions { Endpoint = new Uri(House.Address, $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1") });
        var chat = client.GetChatClient("call");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_order") } };
        var called = (await chat.CompleteChatAsync([new UserChatMessage("Refund order 1042")], options)).Value;
        Assert.Equal("""{"id":1042}""", called.ToolCalls[0].FunctionArguments.ToString());
        var text = "";
        await foreach (var update in client.GetChatClient("say").CompleteChatStreamingAsync(
            [new UserChatMessage("Refund order 1042"), new AssistantChatMessage(called), new ToolChatMessage("call_1", "paid")], options))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal("Paid, 🙂 done.", text);
        Assert.Contains("Check the date first.", House.Upstream.Last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_of_Anthropic_talks_through_it()
    {
        var key = await PrepareAsync();
        using var client = new AnthropicClient { ApiKey = "sk-ant-mine", BaseUrl = new Uri(House.Address, $"proxy/k/{Uri.EscapeDataString(key)}/anthropic").AbsoluteUri };
        var chat = client.AsIChatClient("say", 100);
        var said = await chat.GetResponseAsync("Refund order 1042");
        Assert.Equal("Paid, 🙂 done.", said.Text);
        var text = "";
        await foreach (var update in chat.GetStreamingResponseAsync("Refund order 1042"))
        {
            text += update.Text;
        }

        Assert.Equal("Paid, 🙂 done.", text);
        Assert.Contains("Check the date first.", House.Upstream.Last.Text, StringComparison.Ordinal);
    }

    /// <summary>A key that has learned something, and a vendor whose models are named for what they answer.</summary>
    private async Task<string> PrepareAsync()
    {
        var key = House.NewKey();
        await House.TeachAsync(key, "Check the date first.");
        House.Upstream.Answer = (context, arrived) =>
        {
            var protocol = arrived.Target switch { "/v1/messages" => "messages", "/v1/responses" => "responses", _ => "chat" };
            var asked = arrived.Json;
            var streams = asked.TryGetProperty("stream", out var stream) && stream.ValueKind is System.Text.Json.JsonValueKind.True;
            return (asked.GetProperty("model").GetString() switch
            {
                "call" => Turns.Call(protocol, streams, "call_1", "get_order", """{"id":1042}"""),
                "down" => Replies.Json("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", 529),
                _ => Turns.Say(protocol, streams, "Paid, "),
            })(context);
        };
        return key;
    }

    private async Task<string> RunAsync(string folder, params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ATLAS_URL"] = House.Address.AbsoluteUri },
        })!;
        var complained = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {said}\n{await complained}");
        return said;
    }
}
