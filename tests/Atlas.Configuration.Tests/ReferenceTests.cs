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
    [InlineData("## `agent` with `type: http_api`")]
    [InlineData("## `learning.gates`")]
    [InlineData("| `ATLAS_DRIFT_WINDOW` | `runtime_safety.drift.window` |")]
    [InlineData("| `active_judges` of `rim` |")]
    public void The_reference_says(string line) => Assert.Contains(line, Markdown, StringComparison.Ordinal);

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
