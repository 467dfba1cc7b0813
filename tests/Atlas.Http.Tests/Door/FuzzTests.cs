using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Door;

[Collection(ApiCollection.Name)]
public sealed class FuzzTests(Api api, ITestOutputHelper output)
{
    private const int Requests = 1000;

    private static readonly string[] Hostile =
    [
        "\"\\u0000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "1e999", "-1e999", "1e-999", "99999999999999999999", "-1", "0", "1.5", "true", "null", "[]", "{}",
        "[[[[[[[[[[]]]]]]]]]]", "\"'; DROP TABLE sessions; --\"", "\"../../etc/passwd\"", "\"<script>alert(1)</script>\"", "\"\\u202e\\ufeff\"", "\"🦉\"",
        "\"" + new string('x', 5000) + "\"", string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100)),
        "{\"a\":{\"a\":{\"a\":1,\"a\":2}}}", "\"NaN\"", "NaN", "Infinity", "{\"$type\":\"System.Object\"}", "\"2024-01-01T00:00:00Z\"",
    ];

    private static readonly string[] HostilePaths =
    [
        "%00", "%ff%fe", "%2e%2e%2f", "%252F", "%20", "-1", "0", "1e5", "99999999999999999999", "%F0%9F%A6%89", "%22%27", "%C0%80", "a%2Fb", "%25", "~", "%7F", "%E2%80%AE", "AA", "fwBh", "_w",
    ];

    [Theory]
    [InlineData("AA")]
    [InlineData("fwBh")]
    [InlineData("_w")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor)
    {
        (await api.Client.GetAsync($"v1/keys?cursor={cursor}", HttpStatusCode.BadRequest)).IsProblem("invalid-request");
        Assert.Throws<ProblemException>(() => Cursor.Text(cursor));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_learning_key_that_no_address_can_name_is_refused(string key) =>
        (await api.Client.PostAsync("v1/sessions", new { task = "t", learning_key = key }, HttpStatusCode.BadRequest)).IsProblem("invalid-learning-key");

    [Fact]
    public async Task No_request_whatever_meets_a_fault_or_is_stored_half()
    {
        var seed = Environment.GetEnvironmentVariable("ATLAS_FUZZ_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"ATLAS_FUZZ_SEED={seed}");
        var random = new Random(seed);
        var key = Api.NewKey("fuzz");
        var session = await api.Client.RunSessionAsync(key);
        var open = (await api.Client.PostAsync("v1/sessions", new { task = "t", learning_key = key })).Number("session_id");
        var operations = Operations().ToArray();
        var seen = new HashSet<int>();
        for (var n = 0; n < Requests; n++)
        {
            var (path, method, example) = operations[random.Next(operations.Length)];
            var target = path
                .Replace("{id}", random.Next(4) == 0 ? Pick(random, HostilePaths) : (random.Next(2) == 0 ? session : open).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{key}", random.Next(3) == 0 ? Pick(random, HostilePaths) : key.Escaped(), StringComparison.Ordinal)
                .Replace("{reservation}", Pick(random, HostilePaths), StringComparison.Ordinal)
                .Replace("{version}", random.Next(3) == 0 ? Pick(random, HostilePaths) : "1", StringComparison.Ordinal);
            if (random.Next(3) == 0)
            {
                target += $"?{Pick(random, ["limit", "cursor", "status", "tag", "from", "to", "wait_seconds", "learning_key", "min_score", "x"])}={Pick(random, HostilePaths)}";
            }

            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(api.Address, target));
            string? body = null;
            if (method == "POST")
            {
                body = Mutate(random, example?.DeepClone());
                request.Content = new ByteArrayContent(random.Next(20) == 0 ? [0xff, 0xfe, 0x00, 0x22] : Encoding.UTF8.GetBytes(body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? Pick(random, ["text/plain", "x", "application/json; charset=utf-16"]) : "application/json");
                if (random.Next(4) == 0)
                {
                    request.Headers.TryAddWithoutValidation("Idempotency-Key", Pick(random, ["", "same", $"{random.Next(50)}", new string('k', 300), "a b"]));
                }

                if (random.Next(10) == 0)
                {
                    request.Headers.TryAddWithoutValidation("If-Match", Pick(random, ["*", "\"x\"", "x", "W/\"x\"", ",", "\"\""]));
                }
            }

            using var response = await api.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var what = $"seed {seed}, request {n}: {method} {target} {body} → {(int)response.StatusCode} {text}";
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError || response.StatusCode is HttpStatusCode.ServiceUnavailable, what);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
            seen.Add((int)response.StatusCode);
        }

        output.WriteLine($"answers: {string.Join(", ", seen.Order())}");
        Assert.Superset(new HashSet<int> { 200, 400, 404 }, seen);
        Assert.Equal(0, await api.Database.ScalarAsync<long>("""
            SELECT count(*) FROM playbook_versions v WHERE NOT EXISTS (
              SELECT 1 FROM learning_journal j WHERE j.learning_key = v.learning_key AND j.event_type = 'playbook_changed' AND (j.event ->> 'version')::int = v.version)
            """));
        Assert.Equal(0, await api.Database.ScalarAsync<long>("SELECT count(*) FROM sessions WHERE status <> 'running' AND completed_at IS NULL"));
        Assert.Equal("succeeded", (await api.Client.GetAsync($"v1/sessions/{session}", HttpStatusCode.OK)).Text("status"));
    }

    private IEnumerable<(string Path, string Method, JsonNode? Example)> Operations() =>
        from path in JsonNode.Parse(api.Document)!["paths"]!.AsObject()
        where !path.Key.EndsWith("/watch", StringComparison.Ordinal)
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post"
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!["requestBody"]?["content"]?["application/json"]?["example"]);

    private static string Mutate(Random random, JsonNode? example)
    {
        var text = example?.ToJsonString() ?? "{}";
        switch (random.Next(6))
        {
            case 0:
                return text;
            case 1:
                return Pick(random, Hostile);
            case 2:
                // Cut anywhere.
                return text[..random.Next(text.Length + 1)];
            case 3:
                var bytes = Encoding.UTF8.GetBytes(text);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
                return Encoding.UTF8.GetString(bytes);
            default:
                if (example is not JsonObject members || members.Count == 0)
                {
                    return "{\"unknown\": 1}";
                }

                // A hostile value in place of one that fits, at any depth.
                const string Mark = "\"@@\"";
                var target = members;
                while (random.Next(2) == 0 && target.Select(member => member.Value).OfType<JsonObject>().Where(inner => inner.Count > 0).ToArray() is { Length: > 0 } inner)
                {
                    target = inner[random.Next(inner.Length)];
                }

                target[target.ElementAt(random.Next(target.Count)).Key] = "@@";
                return members.ToJsonString().Replace(Mark, Pick(random, Hostile), StringComparison.Ordinal);
        }
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
