using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Atlas.Configuration.Agents;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;
using Atlas.Configuration.Variables;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Reference;

/// <summary>Writes the reference of all keys from the description that loading goes by, so that the two cannot disagree.</summary>
public static class ConfigurationReference
{
    /// <summary>Blocks that occur in several places get one section of their own.</summary>
    private static readonly ImmutableDictionary<Type, string> Shared = ImmutableDictionary<Type, string>.Empty
        .Add(typeof(LlmParameters), "A language model")
        .Add(typeof(ProviderLimits), "Limits of a provider")
        .Add(typeof(RetryOptions), "Retries")
        .Add(typeof(TokenPrice), "Price of a model");

    /// <summary>The whole reference.</summary>
    /// <returns>Markdown, ending in a newline; the same for the same version.</returns>
    /// <exception cref="FileNotFoundException">The assemblies' documentation files are not beside them.</exception>
    public static string ToMarkdown()
    {
        var page = new Page();
        page.Line("# Configuration reference");
        page.Line("Every key of the configuration file: which values it allows, its default, and what it does. A test generates this page from the code,");
        page.Line("so do not edit it by hand.", blankBefore: false);
        page.Line("Bounds are inclusive. An unknown key, a value out of bounds or a value of the wrong type is an error that names the file, the line, the");
        page.Line("key, the value and what is allowed. “The original SDK” is the Atlas SDK for Python.", blankBefore: false);
        page.Block("Top level", "", SchemaOfRecords.Root);
        foreach (var (type, title) in Shared.OrderBy(shared => shared.Value, StringComparer.Ordinal))
        {
            page.Block(title, "", (BlockSchema)SchemaOfRecords.Of(type));
        }

        page.EnvironmentVariables();
        page.RefusedKeys();
        return page.ToString();
    }

    private sealed class Page
    {
        private readonly StringBuilder _text = new();
        private readonly XmlComments _comments = new();

        public override string ToString() => _text.ToString();

        public void Line(string text, bool blankBefore = true)
        {
            _text.Append(blankBefore && _text.Length > 0 ? "\n" : "").Append(text).Append('\n');
        }

        public void Block(string title, string path, BlockSchema block, string? firstRow = null)
        {
            Line($"## {title}");
            Line(_comments.SummaryOf(block.Type));
            Line("| Key | Allowed | Default | Meaning |");
            Line("| --- | --- | --- | --- |", blankBefore: false);
            if (firstRow is not null)
            {
                Line(firstRow, blankBefore: false);
            }

            foreach (var key in block.Keys)
            {
                var name = key.Alias is null ? $"`{key.Name}`" : $"`{key.Name}`, also `{key.Alias}`";
                Line($"| {name} | {Allowed(key)} | {Default(key)} | {Cell(_comments.SummaryOf(key.Property))} |", blankBefore: false);
            }

            foreach (var key in block.Keys)
            {
                Below(key.Value, MappingBuilder.PathOf(path, key.Name));
            }
        }

        public void EnvironmentVariables()
        {
            Line("## Environment variables");
            Line($"`{EnvironmentTree.Prefix}Section__Key` sets any key. Separate the parts with two underscores; case and single underscores are ignored, and list items are");
            Line("numbered from 0, as in `Atlas__Learning__Gates__BannedIncidentTokens__0`. Such a variable takes precedence over the files, and these", blankBefore: false);
            Line("short ones take precedence over it:", blankBefore: false);
            Line("| Variable | Key | Value |");
            Line("| --- | --- | --- |", blankBefore: false);
            foreach (var over in EnvironmentOverrides.All)
            {
                Line($"| `{over.Variable}` | `{over.Path}` | {over.Reading} |", blankBefore: false);
            }
        }

        public void RefusedKeys()
        {
            Line("## Refused keys");
            Line("These keys are errors. If a key has the harmless value from the last column, it causes a warning instead.");
            Line("| Key | Why | Harmless value |");
            Line("| --- | --- | --- |", blankBefore: false);
            foreach (var key in Schema.RefusedKeys.All)
            {
                Line($"| `{key.Name}` of {Home(key.Block)} | {Cell(key.Reason)} | {(key.Harmless is null ? "" : $"`{key.Harmless}`")} |", blankBefore: false);
            }

            foreach (var (type, reason) in Schema.RefusedKeys.AgentTypes)
            {
                Line($"| `agent.type: {type}` | {Cell(reason)} | |", blankBefore: false);
            }
        }

        private static string Home(Type block)
        {
            if (Shared.TryGetValue(block, out var title))
            {
                return $"“{title}”";
            }

            if (block.IsAssignableTo(typeof(AgentOptions)))
            {
                return "`agent`";
            }

            var key = SchemaOfRecords.Root.Keys.FirstOrDefault(key => key.Value is BlockSchema child && child.Type == block);
            return key is null ? "the root" : $"`{key.Name}`";
        }

        private void Below(ValueSchema schema, string path)
        {
            switch (schema)
            {
                case BlockSchema block when !Shared.ContainsKey(block.Type):
                    Block($"`{path}`", path, block);
                    break;
                case UnionSchema union:
                    foreach (var (name, variant) in union.Variants)
                    {
                        var row = $"| `{union.Discriminator}` | one of {string.Join(", ", union.VariantNames)} | required | Decides which other keys are available. |";
                        Block($"`{path}` with `{union.Discriminator}: {name}`", path, variant, row);
                    }

                    break;

                case MapSchema { Item: BlockSchema item } when !Shared.ContainsKey(item.Type):
                    Block($"`{path}.NAME`", path + ".NAME", item);
                    break;

                // The tools are the same for every type of agent; the first one shows them.
                case ListSchema { Item: BlockSchema item } when !_text.ToString().Contains($"## `{path}[]`\n", StringComparison.Ordinal):
                    Block($"`{path}[]`", path + "[]", item);
                    break;
            }
        }

        private static string Allowed(KeySchema key)
        {
            var words = key.Value switch
            {
                BlockSchema block when Shared.TryGetValue(block.Type, out var title) => $"see “{title}”",
                BlockSchema or UnionSchema => "see below",
                ListSchema { Item: BlockSchema } => "a list, see below",
                MapSchema { Item: BlockSchema block } => Shared.TryGetValue(block.Type, out var title) ? $"a block of keys, each as in “{title}”" : "a block of keys, see below",
                TextSchema when key.Checks.Select(check => check.ErrorMessage).FirstOrDefault(text => text is not null) is { } check =>
                    check.Replace("must be ", "", StringComparison.Ordinal),
                ListSchema list => "a list of " + list.Item.Expectation.Replace("a text", "texts", StringComparison.Ordinal),
                _ => key.Value.Expectation,
            };
            return Cell(key.IsNullable && !key.IsRequiredByAgent ? words + ", or null" : words);
        }

        private string Default(KeySchema key)
        {
            if (key.IsRequired || key.IsRequiredByAgent)
            {
                return key.IsRequired ? "required" : "required to run an agent";
            }

            return key switch
            {
                { Default: null } => _comments.DefaultOf(key.Property) ?? "none",
                { Value: BlockSchema block } => Shared.ContainsKey(block.Type) && key.Default is LlmParameters model ? $"`{model.Model}`" : "",
                { Value: ChoiceSchema choices } => $"`{choices.Choices.First(choice => choice.Value.Equals(key.Default)).Key}`",
                { Value: ListSchema or MapSchema, Default: ICollection { Count: 0 } } => "none",
                { Value: FreeFormSchema } => "none",
                _ => $"`{Cell(JsonSerializer.Serialize(key.Default, key.Default.GetType()))}`",
            };
        }

        private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
    }
}
