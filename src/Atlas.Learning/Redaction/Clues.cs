namespace Atlas.Learning.Redaction;

/// <summary>What a text has to have for a recogniser to find anything in it.</summary>
[Flags]
internal enum Clues
{
    None = 0,

    /// <summary>A word that a secret begins with, or stands behind.</summary>
    Word = 1,

    /// <summary>A word by which people and programs name a secret: <c>password</c>.</summary>
    Name = 2,

    /// <summary>What the key of some vendor begins with.</summary>
    Key = 4,

    /// <summary>An at sign.</summary>
    At = 16,

    /// <summary>As many digits, with the signs between them that stand in numbers, as a card or a telephone has.</summary>
    Digits = 32,

    /// <summary>Two capitals before two digits.</summary>
    Iban = 64,
}
