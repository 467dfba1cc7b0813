using System.Collections.Immutable;

namespace Atlas.Configuration.Schema;

/// <summary>What a value may be.</summary>
internal abstract record ValueSchema
{
    /// <summary>The value in words, to go on after "must be": "a whole number from 1 to 200".</summary>
    public abstract string Expectation { get; }
}

internal sealed record TextSchema : ValueSchema
{
    public override string Expectation => "a text";
}

internal sealed record BooleanSchema : ValueSchema
{
    public override string Expectation => "true or false";
}

/// <summary>A number; bounds are inclusive, infinities mean none.</summary>
internal sealed record NumberSchema(bool Whole, double Minimum, double Maximum) : ValueSchema
{
    public override string Expectation
    {
        get
        {
            var noun = Whole ? "a whole number" : "a number";
            return (double.IsInfinity(Minimum), double.IsInfinity(Maximum)) switch
            {
                (true, true) => noun,
                (false, true) => Invariant($"{noun} of at least {Minimum}"),
                (true, false) => Invariant($"{noun} of at most {Maximum}"),
                _ => Invariant($"{noun} from {Minimum} to {Maximum}"),
            };
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>One of a few words, each with the enum value it stands for.</summary>
internal sealed record ChoiceSchema(ImmutableArray<KeyValuePair<string, object>> Choices) : ValueSchema
{
    public override string Expectation => "one of " + string.Join(", ", Choices.Select(choice => choice.Key));
}

internal sealed record ListSchema(ValueSchema Item, Type ItemType, bool IsTags) : ValueSchema
{
    public override string Expectation => "a list in which each item is " + Item.Expectation;
}

/// <summary>Keys of the user's own with values of one kind.</summary>
internal sealed record MapSchema(ValueSchema Item, Type ItemType) : ValueSchema
{
    public override string Expectation => "a block of keys, each " + Item.Expectation;
}

/// <summary>Keys of the user's own with values of any kind.</summary>
internal sealed record FreeFormSchema : ValueSchema
{
    public override string Expectation => "a block of keys";
}

internal sealed record BlockSchema(Type Type, ImmutableArray<KeySchema> Keys) : ValueSchema
{
    public override string Expectation => "a block of keys";

    public KeySchema? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}

/// <summary>A block whose further keys depend on the value of one of them.</summary>
internal sealed record UnionSchema(string Discriminator, ImmutableArray<KeyValuePair<string, BlockSchema>> Variants) : ValueSchema
{
    public override string Expectation => "a block of keys";

    public IEnumerable<string> VariantNames => Variants.Select(variant => variant.Key);
}
