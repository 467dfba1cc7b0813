using System.Net;
using System.Text;
using System.Text.Json;
using Atlas.Http.Tests.Harness;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunit;

namespace Atlas.Http.Tests.Documents;

[Collection(ApiCollection.Name)]
public sealed class OpenApiTests(Api api)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete"];

    [Fact]
    public async Task The_document_is_valid()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(api.Document));
        var (document, diagnostic) = await OpenApiDocument.LoadAsync(stream, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });
        Assert.Empty(diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.NotEmpty(document!.Paths);
    }

    [Fact]
    public void Every_operation_has_a_summary_its_refusals_and_an_example_where_it_takes_a_body()
    {
        var document = JsonElement.Parse(api.Document);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)))
            {
                var where = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("summary", out _), $"{where} has no summary.");
                Assert.True(operation.Value.TryGetProperty("operationId", out _), $"{where} has no operationId.");
                foreach (var status in new[] { "400", "401", "403", "429", "503" })
                {
                    Assert.True(operation.Value.GetProperty("responses").TryGetProperty(status, out var refusal), $"{where} says nothing of {status}.");
                    Assert.True(refusal.GetProperty("content").GetProperty("application/problem+json").TryGetProperty("example", out _), $"{where} has no example of {status}.");
                }

                if (operation.Value.TryGetProperty("requestBody", out var body))
                {
                    Assert.True(body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), $"{where} has no example of its body.");
                }
            }
        }
    }

    [Fact]
    public void The_names_that_stay_are_there()
    {
        var paths = JsonElement.Parse(api.Document).GetProperty("paths");
        foreach (var (path, method) in new[]
        {
            ("/v1/sessions", "post"), ("/v1/sessions", "get"), ("/v1/sessions/{id}", "get"), ("/v1/sessions/{id}/events", "post"), ("/v1/sessions/{id}/events", "get"),
            ("/v1/sessions/{id}/plan", "post"), ("/v1/sessions/{id}/steps", "post"), ("/v1/sessions/{id}/guidance", "post"), ("/v1/sessions/{id}/usage", "post"),
            ("/v1/sessions/{id}/complete", "post"), ("/v1/sessions/{id}/review", "post"), ("/v1/sessions/{id}/renew", "post"),
            ("/v1/keys", "get"), ("/v1/keys/{key}", "get"), ("/v1/keys/{key}/playbook", "get"), ("/v1/keys/{key}/watch", "get"), ("/v1/keys/{key}/versions", "get"),
            ("/v1/keys/{key}/diff", "get"), ("/v1/keys/{key}/entries", "get"), ("/v1/keys/{key}/report", "get"), ("/v1/keys/{key}/rollback", "post"),
        })
        {
            Assert.True(paths.TryGetProperty(path, out var item) && item.TryGetProperty(method, out _), $"{method} {path} is not in the document.");
        }
    }

    [Fact]
    public async Task A_page_shows_it()
    {
        using var page = await api.Client.GetAsync("scalar");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("openapi/v1.json", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
