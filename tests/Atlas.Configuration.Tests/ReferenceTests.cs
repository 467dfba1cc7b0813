using System.Text.Json;
using Atlas.Configuration.Reference;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Tests;

public sealed class ReferenceTests
{
    private static readonly string Markdown = ConfigurationReference.ToMarkdown();

    [Fact]
    public void Every_key_has_a_row_with_what_is_allowed_and_what_it_means()
    {
        var rows = Markdown.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ")).ToList();

        foreach (var key in KeysBelow(SchemaOfRecords.Root))
        {
            Assert.Contains(rows, row => (row[0] + ",").StartsWith($"| `{key.Name}`,", StringComparison.Ordinal) && row[1].Length > 3 && row[^1].Length > 8);
        }
    }

    [Theory]
    [InlineData("| `history_limit` | a whole number from 1 to 200 | `10` | How many past sessions the synthesizer is shown. |")]
    [InlineData("| `playbook_injection_mode`, also `injection_mode` | one of prefix, suffix | `prefix` |")]
    [InlineData("| `model` | a text | required |")]
    [InlineData("| `agent` | see below | required to run an agent |")]
    [InlineData("| `type` | one of http_api, litellm | required |")]
    [InlineData("| `max_review_tokens` | a whole number of at least 1, or null | none: `llm.max_output_tokens` |")]
    [InlineData("| `base_url` | an absolute http or https address | required |")]
    [InlineData("## `agent` with `type: http_api`")]
    [InlineData("## `learning.gates`")]
    [InlineData("| `ATLAS_DRIFT_WINDOW` | `runtime_safety.drift.window` |")]
    [InlineData("| `active_judges` of `rim` |")]
    public void The_reference_says(string line) => Assert.Contains(line, Markdown, StringComparison.Ordinal);

    [Fact]
    public void What_a_comment_says_the_default_is_is_the_default()
    {
        var comments = new XmlComments();
        foreach (var key in KeysBelow(SchemaOfRecords.Root).Where(key => key.Default is not null && key.Value is BooleanSchema or NumberSchema or ChoiceSchema))
        {
            if (key.Default is { } value && comments.DefaultOf(key.Property) is { } said)
            {
                var written = key.Value is ChoiceSchema choices ? choices.Choices.First(choice => choice.Value.Equals(value)).Key : JsonSerializer.Serialize(value, value.GetType());
                var plain = said.Split(',')[0].Trim('`');
                Assert.Equal(written, plain.EndsWith(".0", StringComparison.Ordinal) ? plain[..^2] : plain);
            }
        }
    }

    [Fact]
    public void No_section_comes_twice()
    {
        var headings = Markdown.Split('\n').Where(line => line.StartsWith('#')).ToList();

        Assert.Equal(headings.Distinct(), headings);
    }

    [Fact]
    public void Refused_keys_are_keys_no_block_has() => Assert.All(
        RefusedKeys.All,
        refused => Assert.Null(((BlockSchema)SchemaOfRecords.Of(refused.Block)).Find(refused.Name)));

    private static IEnumerable<KeySchema> KeysBelow(ValueSchema schema) => schema switch
    {
        BlockSchema block => block.Keys.SelectMany(key => KeysBelow(key.Value).Prepend(key)),
        UnionSchema union => union.Variants.SelectMany(variant => KeysBelow(variant.Value)),
        ListSchema list => KeysBelow(list.Item),
        _ => [],
    };
}
