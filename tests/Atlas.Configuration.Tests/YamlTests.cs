using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Atlas.Configuration.Tests.Support;
using Atlas.Domain.Json;

namespace Atlas.Configuration.Tests;

public sealed class YamlTests : IDisposable
{
    private readonly Workplace _place = new() { Profile = ConfigurationProfile.Cluster };

    [Theory]
    [InlineData("learning:\n  history_limit: [1\n", "atlas.yaml:")]
    [InlineData("learning:\n  enabled: true\n bad: 1\n", "atlas.yaml:3: this is not valid YAML")]
    [InlineData("learning:\n\thistory_limit: 1\n", "atlas.yaml:2: this is not valid YAML")]
    [InlineData("learning: { enabled: \"yes }\n", "atlas.yaml:")]
    public void Broken_text_is_told_with_its_line(string yaml, string expected)
    {
        var error = _place.TheError(yaml);

        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.Contains("this is not valid YAML", error, StringComparison.Ordinal);
        Assert.Matches(@"^atlas\.yaml:[1-4]: ", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    public void An_empty_file_holds_the_defaults(string yaml) =>
        Assert.Equal(10, _place.Load(yaml).Learning.HistoryLimit);

    [Theory]
    [InlineData("just text")]
    [InlineData("- a\n- b\n")]
    public void A_file_that_is_no_block_of_keys_is_an_error(string yaml) =>
        Assert.Contains("must contain a block of keys", _place.TheError(yaml), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_missing_is_the_only_error()
    {
        using var agent = new Workplace();

        var check = ConfigurationLoader.Check(agent.Request("/nowhere/atlas.yaml"));

        Assert.Equal("/nowhere/atlas.yaml: there is no such file.", Assert.Single(check.Errors).Sentence);
    }

    [Fact]
    public void A_file_in_another_encoding_is_an_error()
    {
        var file = _place.File("atlas.yaml", "");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes("metadata: { owner: Jürgen }"));

        Assert.EndsWith("the file is not UTF-8 text; save it as UTF-8.", Assert.Single(ConfigurationLoader.Check(_place.Request(file)).Errors).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_comes_twice_is_an_error_that_names_both_lines() => Assert.Equal(
        "atlas.yaml:4: learning.enabled is set twice, first at atlas.yaml:2; remove one of the two.",
        _place.TheError("learning:\n  enabled: true\n  history_limit: 3\n  enabled: false\n"));

    [Fact]
    public void A_second_document_is_an_error() =>
        Assert.StartsWith("atlas.yaml:2: a second YAML document", _place.TheError("learning: {}\n---\nlearning: {}\n"), StringComparison.Ordinal);

    [Fact]
    public void A_tag_of_some_language_is_an_error() =>
        Assert.Contains("python/object", _place.TheError("metadata: !!python/object:os.system { a: 1 }\n"), StringComparison.Ordinal);

    [Fact]
    public void A_text_tag_makes_a_number_a_text() =>
        Assert.Equal("2", _place.Load("learning: { schema: { version: !!str 2 } }").Learning.Schema.Version);

    [Fact]
    public void Anchors_aliases_and_merged_blocks_are_unfolded()
    {
        var configuration = _place.Load("""
            rim:
              small_model: &model
                model: m
                temperature: 0.5
                retry: &retry { attempts: 3 }
              large_model:
                <<: *model
                temperature: 0.7
            learning:
              llm: { model: l, retry: *retry }
            """);

        Assert.Equal("m", configuration.Rim!.LargeModel.Model);
        Assert.Equal(0.7, configuration.Rim.LargeModel.Temperature);
        Assert.Equal(3, configuration.Rim.LargeModel.Retry.Attempts);
        Assert.Equal(3, configuration.Learning.Llm!.Retry.Attempts);
    }

    [Fact]
    public void Of_several_merged_blocks_the_first_goes_before() =>
        Assert.Equal(1, _place.Load("metadata:\n  a: &a { x: 1 }\n  b: &b { x: 2 }\n  c: { <<: [*a, *b] }\n").Metadata.GetProperty("c").GetProperty("x").GetInt32());

    [Theory]
    [InlineData("metadata: { a: *nowhere }")]
    [InlineData("metadata: &self { a: *self }")]
    public void An_alias_without_a_complete_anchor_is_an_error(string yaml) =>
        Assert.StartsWith("atlas.yaml:1: ", _place.TheError(yaml), StringComparison.Ordinal);

    [Fact]
    public void Aliases_that_unfold_without_end_are_refused_at_once()
    {
        var yaml = new StringBuilder("metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            yaml.Append(FormattableString.Invariant($"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        }

        var watch = Stopwatch.StartNew();
        Assert.EndsWith("with its aliases expanded, the file has more than 100000 values.", _place.TheError(yaml.ToString()), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Nesting_without_end_is_refused(int depth)
    {
        var yaml = "metadata: { a: " + new string('[', depth) + new string(']', depth) + " }";

        Assert.StartsWith("atlas.yaml:1: ", _place.TheError(yaml), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_within_reason_can_be_read_and_shown()
    {
        var check = _place.Check("metadata: { a: " + new string('[', 28) + "1" + new string(']', 28) + " }");

        Assert.True(check.IsValid, check.ToString());
        Assert.Contains("[[[[1]]]]", JsonSerializer.Serialize(check, AtlasJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_megabyte_is_refused() =>
        Assert.Contains("larger than one megabyte", _place.TheError("metadata: { a: " + new string('x', 1024 * 1024) + " }"), StringComparison.Ordinal);

    public void Dispose() => _place.Dispose();
}
