namespace Sluice.ParquetWriters;

/// <summary>The columns of one page of events, in file order. The buffers are reused from page to page.</summary>
public sealed class EventPage
{
    public EventPage(int capacity)
    {
        Capacity = capacity;
        EventId = new FixedColumn<long>("event_id", ColumnKind.Int64, false, capacity);
        UserId = new FixedColumn<long>("user_id", ColumnKind.Int64, true, capacity);
        AnonymousId = new Utf8Column("anonymous_id", false, capacity);
        SessionId = new Utf8Column("session_id", false, capacity);
        Product = new Utf8Column("product", false, capacity);
        Event = new Utf8Column("event", false, capacity);
        Page = new Utf8Column("page", true, capacity);
        OccurredAt = new FixedColumn<long>("occurred_at", ColumnKind.TimestampMicros, false, capacity);
        ReceivedAt = new FixedColumn<long>("received_at", ColumnKind.TimestampMicros, false, capacity);
        Properties = new Utf8Column("properties", false, capacity);
        Amount = new FixedColumn<double>("amount", ColumnKind.Double, true, capacity);
        Day = new FixedColumn<int>("day", ColumnKind.Date, false, capacity);
        Columns =
        [
            EventId,
            UserId,
            AnonymousId,
            SessionId,
            Product,
            Event,
            Page,
            OccurredAt,
            ReceivedAt,
            Properties,
            Amount,
            Day,
        ];
    }

    public int Capacity { get; }

    public IReadOnlyList<PageColumn> Columns { get; }

    public int RowCount => EventId.RowCount;

    public FixedColumn<long> EventId { get; }

    public FixedColumn<long> UserId { get; }

    public Utf8Column AnonymousId { get; }

    public Utf8Column SessionId { get; }

    public Utf8Column Product { get; }

    public Utf8Column Event { get; }

    public Utf8Column Page { get; }

    public FixedColumn<long> OccurredAt { get; }

    public FixedColumn<long> ReceivedAt { get; }

    public Utf8Column Properties { get; }

    public FixedColumn<double> Amount { get; }

    public FixedColumn<int> Day { get; }

    public void Reset()
    {
        foreach (PageColumn column in Columns)
        {
            column.Reset();
        }
    }
}
