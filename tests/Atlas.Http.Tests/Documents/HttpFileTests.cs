using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Http.Tests.Harness;
using Xunit;

namespace Atlas.Http.Tests.Documents;

/// <summary>Every request of docs/atlas.http works, in the order in which they stand there.</summary>
[Collection(TryingCollection.Name)]
public sealed partial class HttpFileTests(TryingApi api)
{
    [Fact]
    public async Task Every_request_of_the_file_is_answered_as_it_says()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "atlas.http"));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var etags = new Dictionary<string, string>(StringComparer.Ordinal);
        var sent = 0;
        foreach (var block in file.ReplaceLineEndings("\n").Split("\n###"))
        {
            string? name = null;
            var lines = new Queue<string>();
            foreach (var line in block.Split('\n').SkipWhile(line => line.StartsWith(' ') || line.Length == 0))
            {
                if (lines.Count == 0 && Variable().Match(line) is { Success: true } variable)
                {
                    variables[variable.Groups[1].Value] = variable.Groups[2].Value;
                }
                else if (lines.Count == 0 && line.StartsWith("# @name ", StringComparison.Ordinal))
                {
                    name = line[8..].Trim();
                }
                else if (lines.Count > 0 || (line.Length > 0 && line[0] is not ('#' or '/')))
                {
                    lines.Enqueue(Fill(line, variables, answers, etags));
                }
            }

            if (lines.Count == 0)
            {
                continue;
            }

            var first = lines.Dequeue().Split(' ', 2);
            using var request = new HttpRequestMessage(new HttpMethod(first[0]), new Uri(first[1].Trim()).PathAndQuery);
            var type = "application/json";
            while (lines.TryDequeue(out var header) && header.Length > 0)
            {
                var (key, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
                if (key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                {
                    type = value;
                }
                else
                {
                    request.Headers.TryAddWithoutValidation(key, value);
                }
            }

            if (string.Join('\n', lines).Trim() is { Length: > 0 } body)
            {
                request.Content = new StringContent(body, Encoding.UTF8, type);
            }

            using var response = await api.Client.SendAsync(request, first[1].EndsWith("/watch", StringComparison.Ordinal) ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified, $"{first[0]} {first[1]}: {(int)response.StatusCode}");
            sent++;
            if (name is not null)
            {
                answers[name] = JsonElement.Parse(await response.Content.ReadAsStringAsync());
                etags[name] = response.Headers.ETag?.ToString() ?? "";
            }
        }

        Assert.True(sent > 20, $"Only {sent} requests were found in the file.");
    }

    private static string Fill(string line, Dictionary<string, string> variables, Dictionary<string, JsonElement> answers, Dictionary<string, string> etags)
    {
        string before;
        do
        {
            before = line;
            line = Placeholder().Replace(line, match =>
            {
                var path = match.Groups[1].Value.Trim();
                if (path == "$guid")
                {
                    return Guid.NewGuid().ToString();
                }

                if (variables.TryGetValue(path, out var value))
                {
                    return value;
                }

                var parts = path.Split('.');
                return parts is [var request, "response", "headers", "ETag"] ? etags[request]
                    : parts.Skip(4).Aggregate(answers[parts[0]], (element, member) => element.GetProperty(member)).ToString();
            });
        }
        while (line != before);
        return line;
    }

    [GeneratedRegex(@"^@(\w+)\s*=\s*(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Placeholder();
}

internal static class Repository
{
    public static string Root { get; } = Of("Repository");

    public static string Of(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
