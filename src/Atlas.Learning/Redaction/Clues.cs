namespace Atlas.Learning.Redaction;

/// <summary>What a text must contain for a recogniser to find anything in it.</summary>
[Flags]
internal enum Clues
{
    None = 0,

    /// <summary>A word that begins or precedes a secret.</summary>
    Word = 1,

    /// <summary>A word with which people and programs name a secret: <c>password</c>.</summary>
    Name = 2,

    /// <summary>The prefix of a vendor's keys.</summary>
    Key = 4,

    /// <summary>An at sign.</summary>
    At = 16,

    /// <summary>As many digits, including separators, as a card or telephone number has.</summary>
    Digits = 32,

    /// <summary>Two capitals before two digits.</summary>
    Iban = 64,
}
