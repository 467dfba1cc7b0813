using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Proxy.Injection;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using Xunit;

namespace Atlas.Proxy.Tests.Economics;

/// <summary>What is left of the vendors' prompt caches when a playbook stands in the prompts, in a simulation of their rules.</summary>
public sealed class CacheSimulationTests(ITestOutputHelper output)
{
    private const int Seed = 20260704;
    private const int Sessions = 40;
    private const int Turns = 12;

    [Theory]
    [InlineData("chat", "suffix", false)]
    [InlineData("chat", "prefix", false)]
    [InlineData("messages", "suffix", true)]
    [InlineData("messages", "suffix", false)]
    [InlineData("messages", "prefix", true)]
    public void Between_two_promotions_as_much_is_read_from_the_cache_as_without_a_playbook(string protocol, string mode, bool clientMarks)
    {
        var (without, with) = (Run(protocol, mode, clientMarks, playbooks: []), Run(protocol, mode, clientMarks, [Playbook(1)]));
        output.WriteLine($"{protocol} {mode}, markers of the client: {clientMarks}; cached without {without.Share:P2}, with {with.Share:P2} (seed {Seed})");
        Assert.True(with.Share >= 0.99 * without.Share, $"{with.Share} of {without.Share}");

        // A client that sets no markers has no cache at all; the proxy's own give it one.
        Assert.True(protocol == "messages" && !clientMarks ? with.Share > 0.1 : without.Share > 0.7);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public void A_promotion_costs_less_behind_the_clients_own_prompt_than_before_it(string protocol)
    {
        var lost = new[] { "suffix", "prefix" }.Select(mode =>
            Run(protocol, mode, clientMarks: true, [Playbook(1)]).Cached - Run(protocol, mode, clientMarks: true, [Playbook(1), Playbook(2)]).Cached).ToArray();
        output.WriteLine($"{protocol}: a promotion loses {lost[0]} cached tokens as a suffix, {lost[1]} as a prefix");
        Assert.InRange(lost[0], 0, lost[1] - 1);
    }

    /// <summary>Sessions of one agent that overlap, each of which sends its whole conversation every time.</summary>
    private static VendorCache Run(string protocol, string mode, bool clientMarks, string[] playbooks)
    {
        var kind = protocol == "chat" ? CallKind.Chat : CallKind.Messages;
        VendorCache cache = protocol == "chat" ? new PrefixCache() : new MarkedCache();
        var random = new Random(Seed);
        var calls = new List<(TimeSpan At, int Session, int Turn)>();
        for (var session = 0; session < Sessions; session++)
        {
            var at = TimeSpan.FromSeconds(session * 50);
            for (var turn = 0; turn < Turns; turn++)
            {
                calls.Add((at, session, turn));
                at += TimeSpan.FromSeconds(5 + random.Next(40));
            }
        }

        // A session keeps the version that it began with.
        var blocks = playbooks.Select(text => new InjectedBlock(text, mode == "prefix" ? InjectionMode.Prefix : InjectionMode.Suffix)).ToArray();
        foreach (var (at, session, turn) in calls.OrderBy(call => call.At).ThenBy(call => call.Session))
        {
            var body = Encoding.UTF8.GetBytes(Body(protocol, session, turn, clientMarks).ToJsonString());
            var sent = blocks.Length == 0 ? body : Inject(body, kind, blocks[session * blocks.Length / Sessions]);
            cache.Ask(JsonElement.Parse(sent), at);
        }

        return cache;
    }

    private static byte[] Inject(byte[] body, CallKind kind, InjectedBlock block)
    {
        using var sent = new MemoryStream();
        using var spliced = new SplicedBody(body, Injector.Splices(RequestScanner.Scan(body, kind)!, kind, block, marks: true));
        spliced.CopyTo(sent);
        return sent.ToArray();
    }

    private static JsonObject Body(string protocol, int session, int turn, bool clientMarks)
    {
        var tools = new JsonArray([.. Enumerable.Range(0, 12).Select(number => (JsonNode)new JsonObject { ["name"] = $"tool_{number}", ["description"] = Words(number, 120) })]);
        var messages = new JsonArray();
        for (var at = 0; at <= turn; at++)
        {
            messages.Add(Message("user", Words((session * 1000) + (at * 2), 160), marked: clientMarks && protocol == "messages" && at == turn));
            if (at < turn)
            {
                messages.Add(Message("assistant", Words((session * 1000) + (at * 2) + 1, 60), marked: false));
            }
        }

        var prompt = Words(-1, 900);
        if (protocol == "chat")
        {
            messages.Insert(0, new JsonObject { ["role"] = "system", ["content"] = prompt });
            return new JsonObject { ["model"] = "m", ["tools"] = tools, ["messages"] = messages };
        }

        var system = new JsonObject { ["type"] = "text", ["text"] = prompt };
        if (clientMarks)
        {
            system["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        }

        return new JsonObject { ["model"] = "m", ["max_tokens"] = 100, ["tools"] = tools, ["system"] = new JsonArray(system), ["messages"] = messages };
    }

    private static JsonObject Message(string role, string text, bool marked)
    {
        var block = new JsonObject { ["type"] = "text", ["text"] = text };
        if (marked)
        {
            block["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
        }

        return new JsonObject { ["role"] = role, ["content"] = new JsonArray(block) };
    }

    private static string Playbook(int version) => Words(-100 - version, 150);

    /// <summary>So many words of four letters, the same for the same number.</summary>
    private static string Words(int number, int count)
    {
        var random = new Random(number);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, 3).Select(_ => (char)('a' + random.Next(26))))));
    }
}
