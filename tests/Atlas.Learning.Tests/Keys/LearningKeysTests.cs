using System.Text.Json;
using Atlas.Learning.Keys;
using Xunit;

namespace Atlas.Learning.Tests.Keys;

public sealed class LearningKeysTests
{
    private const string Task = "Summarise the quarterly incident log";

    [Theory]
    [InlineData("{}", "3a45286481005c141515de7d897d774754143ce56e69b57884b2d6fc180e4558")]
    [InlineData("{'tags':['sre','billing']}", "f345a7dcd26c8735f479d7cd4a3cc013585317d6aec5e5544b0df635c43f333a")]
    [InlineData("{'tags':['billing','sre','sre',' ']}", "cb564cb30ee46a37073615e26f589e0b756f1732084ca8651d9744b0fd4fec20")]
    [InlineData("{'tags':'sre'}", "7e268ccf42c5b294047c12243a872c2ebf466754a6ec7a1ed89c21206be04b76")]
    [InlineData("{'tenant_id':'acme','tenant':'ignored'}", "74d55124639267dbdb20bbb60e59369791dc6933eefa641237cb553853b8272b")]
    [InlineData("{'tenant':42}", "22d6c443e69a52c2e526394eebf4b88010121ef72976d09246b2b7d59c61ed31")]
    [InlineData("{'learning_key_override':'  forced-key  ','learning_key':'existing'}", "forced-key")]
    [InlineData("{'learning_key':' existing '}", "existing")]
    [InlineData("{'learning_key':'  ','learning_key_override':7}", "3a45286481005c141515de7d897d774754143ce56e69b57884b2d6fc180e4558")]
    [InlineData("[1]", "3a45286481005c141515de7d897d774754143ce56e69b57884b2d6fc180e4558")]
    public void Metadata_decides_the_key(string metadata, string key)
    {
        Assert.Equal(key, LearningKeys.Derive("ops-helper", Task, Build.Json(metadata)));
        Assert.Equal(key, LearningKeys.Derive("ops-helper", $"  {Task}  ", Build.Json(metadata)));
    }

    [Fact]
    public void Characters_outside_ASCII_and_DEL_are_escaped_in_lower_case()
    {
        var key = LearningKeys.Derive("agent-é", "Résumé – naïve café 🚀 \"quoted\"\n\ttabbed/slash \u007f", Build.Json("{'tags':['β','a']}"));
        Assert.Equal("0a025e36f2e05bce5d994b7dadf2db90e91cef4c76942b7309b997279f3a69c7", key);
    }

    [Theory]
    [InlineData("x", "ccaa5c3166ac3575f2b5e1cee11ee3258c889b101794aabf7c82514919cb30c5")]
    [InlineData("🚀", "09ee6fa07ed9610d84244400eb5cfc5da1edb4b5c82126a461dc3e5cc3e4c235")]
    public void The_prefix_of_the_task_is_counted_in_code_points(string character, string key) =>
        Assert.Equal(key, LearningKeys.Derive("a", string.Concat(Enumerable.Repeat(character, 70)), null));

    [Fact]
    public void The_information_separators_are_stripped_like_white_space() =>
        Assert.Equal(LearningKeys.Derive("a", "task", null), LearningKeys.Derive("a", "\u001c\u001f\u0085 task\u001d\u00a0", null));

    [Fact]
    public void The_canonical_text_has_the_spaces_of_the_original() => Assert.Equal(
        "{\"agent\": \"ops-helper\", \"tags\": [], \"task_prefix\": \"Summarise the quarterly incident log\", \"tenant\": \"default\"}",
        LearningKeys.CanonicalPayload("ops-helper", Task, default));

    [Fact]
    public void Tags_are_ordered_by_code_point() =>
        Assert.Contains(
            "\"tags\": [\"z\", \"\\uff01\", \"\\ud83d\\ude00\"]",
            LearningKeys.CanonicalPayload("a", "t", Build.Json("{'tags':['😀','！','z']}")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{'tenant_id':0,'tenant':''}", "default")]
    [InlineData("{'tenant':1.50}", "1.5")]
    [InlineData("{'tenant':true}", "True")]
    [InlineData("{'tenant':['a',null]}", "['a', None]")]
    [InlineData("{'tenant':1e22}", "1e+22")]
    [InlineData("{'tenant':0.00001}", "1e-05")]
    public void A_tenant_is_written_as_Python_writes_it(string metadata, string tenant) => Assert.EndsWith(
        $"\"tenant\": \"{tenant}\"}}",
        LearningKeys.CanonicalPayload("a", "t", Build.Json(metadata)),
        StringComparison.Ordinal);

    [Fact]
    public void The_callers_metadata_stays_as_it_is()
    {
        var metadata = Build.Json("{'tags':['b','a'],'tenant_id':'acme'}");
        var before = metadata.GetRawText();
        var first = LearningKeys.Derive("a", "one task", metadata);
        var second = LearningKeys.Derive("a", "another task", metadata);
        Assert.Equal(before, metadata.GetRawText());
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("{\"tags\":[\"\\ud800\",\"a\"],\"tenant\":\"\\udc00\"}")]
    [InlineData("{\"\\ud800\":1,\"tenant\":{\"\\ud800\":1}}")]
    public void Halves_of_surrogate_pairs_do_no_harm(string metadata) =>
        Assert.Equal(64, LearningKeys.Derive("a", "half \ud83d of a pair", JsonElement.Parse(metadata)).Length);
}
