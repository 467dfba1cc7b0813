using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Proxy.Tests.Harness;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>The arms of an experiment, for an agent that knows nothing of them: a silo with its proxy, and what reaches the vendor.</summary>
public sealed class ArmTests(ITestOutputHelper output)
{
    private const string Prompt = "You help.";
    private const string Body = """{"model":"m","messages":[{"role":"system","content":"You help."},{"role":"user","content":"Where is order 1042?"}]}""";

    [Fact]
    public async Task The_requests_of_the_arms_differ_in_what_the_arm_says_and_in_nothing_else()
    {
        await using var house = await House.StartAsync(rules: new(new LearningOptions { Evidence = new EvidenceOptions { HoldoutShare = 0 } }, new RuntimeSafetyOptions()));
        await TryAsync(house, new JsonObject { ["model"] = "other-model" }, "the model other-model", request =>
        {
            request["model"] = "other-model";
            return request;
        });
        await TryAsync(house, new JsonObject { ["system_prompt"] = "{base_prompt} Answer in one sentence." }, "another system prompt", request => Said(
            request, System(request).Replace(Prompt, $"{Prompt} Answer in one sentence.", StringComparison.Ordinal)));
        await TryAsync(house, new JsonObject { ["injection_mode"] = "suffix" }, "the playbook as suffix", request => Said(
            request, $"{Prompt}\n\n{System(request)[..^$"\n\n{Prompt}".Length]}"));
    }

    private async Task TryAsync(House house, JsonObject configuration, string said, Func<JsonNode, JsonNode> changed)
    {
        var key = House.NewKey("arms");
        var path = $"v1/keys/{Uri.EscapeDataString(key)}";
        await house.TeachAsync(key, "Look the order up first.");
        using (var started = await house.Client.PostAsJsonAsync($"{path}/experiments", new { configuration, max_sessions = 200 }))
        {
            Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
        }

        var (requests, counts) = (new Dictionary<bool, HashSet<string>> { [true] = [], [false] = [] }, new Dictionary<bool, int> { [true] = 0, [false] = 0 });
        var sessions = new Dictionary<bool, string>();
        JsonElement report;
        do
        {
            var number = counts.Values.Sum();
            house.Upstream.Answer = (context, _) => Replies.Chat("Done.", string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{key}-{number}"))(context);
            using var answer = await house.PostAsync(
                $"proxy/k/{Uri.EscapeDataString(key)}/openai/v1/chat/completions", Body, ("x-session-affinity", string.Create(CultureInfo.InvariantCulture, $"{key}-{number}")));
            await answer.TextAsync();
            var session = answer.Head("x-atlas-session-id")!;
            var isNew = await house.Database.ScalarAsync<bool>("SELECT (given -> 'arm' ->> 'is_new')::boolean FROM sessions WHERE id = $1", long.Parse(session, CultureInfo.InvariantCulture));
            requests[isNew].Add(house.Upstream.Last.Text);
            counts[isNew]++;
            sessions[isNew] = session;
            using var rewarded = await house.PostAsync($"v1/sessions/{session}/reward", JsonSerializer.Serialize(new { score = isNew ? 1 : 0 }));
            await rewarded.TextAsync();
            report = JsonElement.Parse(await house.Client.GetStringAsync($"{path}/experiments/1"));
        }
        while (report.GetProperty("status").GetString() == "running" && counts.Values.Sum() < 200);

        output.WriteLine(report.GetProperty("summary").GetString()!);
        Assert.Equal(("decided", "better"), (report.GetProperty("status").GetString(), report.GetProperty("decision").GetString()));
        Assert.Equal((counts[true], counts[false]), (report.GetProperty("in_new").GetInt32(), report.GetProperty("in_first").GetInt32()));
        Assert.Contains(said, report.GetProperty("summary").GetString(), StringComparison.Ordinal);
        var (first, other) = (Assert.Single(requests[false]), Assert.Single(requests[true]));
        Assert.EndsWith($"\n\n{Prompt}", System(JsonNode.Parse(first)!), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(changed(JsonNode.Parse(first)!), JsonNode.Parse(other)), other);

        // Prices are those of the model that was asked.
        var call = (await house.EventsAsync(sessions[true], "model_call"))[0];
        Assert.Equal(JsonNode.Parse(other)!["model"]!.GetValue<string>(), call.GetProperty("data").GetProperty("input").GetProperty("model").GetString());
    }

    private static string System(JsonNode request) => request["messages"]![0]!["content"]!.GetValue<string>();

    private static JsonNode Said(JsonNode request, string system)
    {
        request["messages"]![0]!["content"] = system;
        return request;
    }
}
