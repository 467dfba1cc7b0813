using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Configuration.Checking;
using Atlas.Configuration.Nodes;
using Atlas.Configuration.Schema;

namespace Atlas.Configuration.Binding;

/// <summary>Lists every value of a configuration with its source, secrets masked.</summary>
internal sealed class EffectiveValues
{
    private readonly ValueSources _sources;
    private readonly ImmutableArray<EffectiveValue>.Builder _values = ImmutableArray.CreateBuilder<EffectiveValue>();

    private EffectiveValues(ValueSources sources) => _sources = sources;

    public static ImmutableArray<EffectiveValue> Of(AtlasConfiguration configuration, ValueSources sources)
    {
        var walk = new EffectiveValues(sources);
        walk.Block(SchemaOfRecords.Root, configuration, "");
        if (configuration.Learning.Llm is null)
        {
            // What is in force is another block's model, or none; a bare null would not tell.
            walk.Replace("learning.llm", configuration.SynthesizerSource is { } model ? $"as {model.Path}: {model.Model.Model}" : "none: playbooks are made without a model");
        }

        return walk._values.ToImmutable();
    }

    private void Block(BlockSchema schema, object block, string path)
    {
        foreach (var key in schema.Keys)
        {
            Value(key.Value, key.Property.GetValue(block), MappingBuilder.PathOf(path, key.Name));
        }
    }

    private void Value(ValueSchema schema, object? value, string path)
    {
        switch (schema)
        {
            case var _ when value is null:
                Add(path, null);
                break;
            case BlockSchema block:
                Block(block, value, path);
                break;
            case UnionSchema union:
                var variant = union.Variants.First(variant => variant.Value.Type == value.GetType());
                Add(MappingBuilder.PathOf(path, union.Discriminator), variant.Key);
                Block(variant.Value, value, path);
                break;
            case ListSchema { Item: BlockSchema item } when ((IList)value).Count > 0:
                foreach (var (index, block) in ((IEnumerable)value).Cast<object>().Index())
                {
                    Block(item, block, FormattableString.Invariant($"{path}[{index}]"));
                }

                break;
            case ListSchema:
                Add(path, ((IEnumerable)value).Cast<object>().Select(item => item is string text ? Secrets.MaskText(text) : item).ToArray());
                break;
            case MapSchema map:
                Map(map, (IDictionary)value, path);
                break;
            case FreeFormSchema:
                FreeFormBlock((JsonElement)value, path, isSecret: false);
                break;
            case ChoiceSchema choices:
                Add(path, choices.Choices.First(choice => choice.Value.Equals(value)).Key);
                break;
            default:
                Add(path, value is string text ? Secrets.MaskText(text) : value);
                break;
        }
    }

    private void Map(MapSchema schema, IDictionary map, string path)
    {
        foreach (DictionaryEntry entry in map)
        {
            // Maps of texts are headers, and any header may carry a key.
            Add(MappingBuilder.PathOf(path, (string)entry.Key), schema.Item is TextSchema ? Secrets.Mask : entry.Value);
        }

        if (map.Count == 0)
        {
            Add(path, FreeForm.Empty);
        }
    }

    private void FreeFormBlock(JsonElement element, string path, bool isSecret)
    {
        var isEmpty = true;
        foreach (var property in element.EnumerateObject())
        {
            isEmpty = false;
            var name = MappingBuilder.PathOf(path, property.Name);
            var hidden = isSecret || Secrets.IsSecretName(property.Name);
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                FreeFormBlock(property.Value, name, hidden);
            }
            else
            {
                Add(name, Masked(property.Value, hidden));
            }
        }

        if (isEmpty)
        {
            Add(path, element);
        }
    }

    private static object? Masked(JsonElement element, bool isSecret) => element.ValueKind switch
    {
        JsonValueKind.String => isSecret ? Secrets.Mask : Secrets.MaskText(element.GetString()!),
        JsonValueKind.Array => element.EnumerateArray().Select(item => Masked(item, isSecret)).ToArray(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(
            property => property.Name,
            property => Masked(property.Value, isSecret || Secrets.IsSecretName(property.Name))),
        _ => element,
    };

    private void Replace(string path, string value)
    {
        var index = _values.ToList().FindIndex(known => known.Path == path);
        _values[index] = _values[index] with { Value = JsonSerializer.SerializeToElement(Secrets.MaskText(value)) };
    }

    private void Add(string path, object? value) => _values.Add(new(path, JsonSerializer.SerializeToElement(value), _sources.Of(path)));
}
