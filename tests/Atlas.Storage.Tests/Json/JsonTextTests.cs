using Atlas.Domain.Json;
using System.Text;
using System.Text.Json;
using Atlas.Storage.Json;
using Xunit;

namespace Atlas.Storage.Tests.Json;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":1.5e3,"b":"NaN in text","c":"\\u0000 is text"}""", """{"a":1.5e3,"b":"NaN in text","c":"\\u0000 is text"}""")]
    [InlineData("""{"a":NaN,"b":[Infinity,-Infinity]}""", """{"a":null,"b":[null,null]}""")]
    [InlineData("""{"a":"\u0000x\uD800\uD800\uDC00"}""", "{\"a\":\"x\uFFFD\\uD800\\uDC00\"}")]
    [InlineData("""{"a":-1e999,"b":1e-999,"c":1E+5}""", """{"a":null,"b":1e-999,"c":1E+5}""")]
    [InlineData("{\"a\0\":\"\0\\\"\\\\\"}", "{\"a\":\"\\\"\\\\\"}")]
    [InlineData("""{"a":"\ud83d","b":NaN}""", "{\"a\":\"\uFFFD\",\"b\":null}")]
    public void Rewrites_only_what_PostgreSQL_refuses(string dirty, string clean) => Assert.Equal(clean, StorableText.Json(dirty));

    [Fact]
    public void Text_that_needs_nothing_stays_the_same_object()
    {
        const string Json = """{"name":"Jürgen","n":[1,2.5,-3e2,true,null],"id":"1e123f00-4e45-4999-8e12-a11c0de5e123"}""";

        Assert.Same(Json, JsonText.Object(Json, "It"));
        Assert.Same(Json, StorableText.Plain(Json));
    }

    [Theory]
    [InlineData("", "It is not valid JSON")]
    [InlineData("null", "It is a JSON null")]
    [InlineData("\"x\"", "It is a JSON string")]
    [InlineData("{\"a\":}", "It is not valid JSON")]
    [InlineData("{} {}", "It is not valid JSON")]
    public void What_is_no_object_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<InvalidRecordException>(() => JsonText.Object(json, "It")).Message);

    [Fact]
    public void Any_text_that_a_model_may_write_becomes_text_that_the_parser_and_UTF8_hold()
    {
        var seed = Environment.GetEnvironmentVariable("ATLAS_TEST_SEED") is { } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\0", "\uD800", "\uDC00", "NaN", "a", "\\n", "\\\\", "\\\"", "é", "1e999"];
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var json = $$"""{"text":"{{text}}","number":{{(random.Next(2) == 0 ? "NaN" : "1")}}}""";

            var clean = JsonText.Object(json, $"With seed {seed} in round {round}, {json}");

            var value = JsonDocument.Parse(clean).RootElement.GetProperty("text").GetString()!;
            Assert.True(!value.Contains('\0') && new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(value) >= 0,
                $"ATLAS_TEST_SEED={seed}, round {round}: {json} became {clean}");
        }
    }

    [Fact]
    public void JSON_that_an_older_tool_stored_as_a_string_is_decoded()
    {
        Assert.Equal(1, JsonColumn.Decode("\"{\\\"a\\\":1}\"")!.Value.GetProperty("a").GetInt32());
        Assert.Equal("{not json", JsonColumn.Decode("\"{not json\"")!.Value.GetString());
        Assert.Equal("plain", JsonColumn.Decode("\"plain\"")!.Value.GetString());
        Assert.Null(JsonColumn.Decode("null"));
    }
}
