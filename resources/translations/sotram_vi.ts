<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>AddressEditor</name>
    <message>
        <source>Commune, province: a few letters, old names too</source>
        <translation>Xã, tỉnh: gõ vài chữ, cả tên cũ</translation>
    </message>
    <message>
        <source>Hamlet, village</source>
        <translation>Bản, thôn, tổ dân phố</translation>
    </message>
    <message>
        <source>House, street</source>
        <translation>Số nhà, đường</translation>
    </message>
    <message>
        <source>Old address, as on the papers</source>
        <translation>Địa chỉ cũ, ghi như giấy tờ</translation>
    </message>
    <message>
        <source>formerly {name}</source>
        <translation>trước là {name}</translation>
    </message>
</context>
<context>
    <name>AttachmentEditor</name>
    <message>
        <source>Choose a file</source>
        <translation>Chọn tệp</translation>
    </message>
    <message>
        <source>Take the file off</source>
        <translation>Bỏ tệp</translation>
    </message>
    <message>
        <source>Look at the file</source>
        <translation>Xem tệp</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Đang đọc tệp</translation>
    </message>
    <message>
        <source>Pictures and papers (*.jpg *.jpeg *.png *.pdf);;All files (*)</source>
        <translation>Ảnh và văn bản (*.jpg *.jpeg *.png *.pdf);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Recorded tracks (*.gpx);;All files (*)</source>
        <translation>Tệp lộ trình (*.gpx);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Choose another file</source>
        <translation>Chọn tệp khác</translation>
    </message>
</context>
<context>
    <name>AttachmentViewer</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>BookDialog</name>
    <message>
        <source>Register book</source>
        <translation>In sổ</translation>
    </message>
    <message>
        <source>Make the book</source>
        <translation>Lập sổ in</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Every record entered in these days, in the order of the numbers. Victims stand by case code.</source>
        <translation>Mọi hồ sơ nhập trong các ngày này, theo thứ tự số. Nạn nhân ghi bằng mã vụ việc.</translation>
    </message>
    <message>
        <source>Entered from</source>
        <translation>Nhập từ ngày</translation>
    </message>
    <message>
        <source>Entered to</source>
        <translation>Nhập đến ngày</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Sổ</translation>
    </message>
</context>
<context>
    <name>CardPanel</name>
    <message>
        <source>The card as a QR code</source>
        <translation>Thẻ trạm dạng mã QR</translation>
    </message>
    <message>
        <source>Save the card to the stick</source>
        <translation>Lưu thẻ vào USB</translation>
    </message>
    <message>
        <source>Our card</source>
        <translation>Thẻ của trạm</translation>
    </message>
    <message>
        <source>Give it to the other station once; it holds no secret.</source>
        <translation>Đưa cho trạm kia một lần; thẻ không chứa bí mật.</translation>
    </message>
    <message>
        <source>Fingerprint, to be read out on the telephone</source>
        <translation>Dấu vân tay của thẻ, để đọc qua điện thoại</translation>
    </message>
    <message>
        <source>The same in words</source>
        <translation>Đọc thành từ</translation>
    </message>
    <message>
        <source>Station cards</source>
        <translation>Thẻ trạm</translation>
    </message>
    <message>
        <source>Save the card</source>
        <translation>Lưu thẻ</translation>
    </message>
</context>
<context>
    <name>CasesTab</name>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Bảng tính Excel (XLSX)</translation>
    </message>
    <message>
        <source>Choose the officer</source>
        <translation>Chọn cán bộ</translation>
    </message>
    <message>
        <source>Number and day of the paper</source>
        <translation>Số, ngày văn bản</translation>
    </message>
    <message>
        <source>Try without writing</source>
        <translation>Tính thử, không ghi tệp</translation>
    </message>
    <message>
        <source>Export to a file</source>
        <translation>Xuất ra tệp</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message numerus="yes">
        <source>{leaves} of %n case(s) may leave, each alike with at least {k}.</source>
        <translation>
            <numerusform>Được xuất {leaves} trong %n ca, mỗi ca giống ít nhất {k} ca.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them with less detail.</source>
        <translation>
            <numerusform>%n ca trong đó bớt chi tiết.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stays here: %n – {why}</source>
        <translation>
            <numerusform>Ở lại: %n – {why}</numerusform>
        </translation>
    </message>
    <message>
        <source>Cases of victims for statistics of partners: no names, numbers, dates, or places below the province. Only with consent to anonymous statistics, and only where enough cases are alike.</source>
        <translation>Ca nạn nhân cho thống kê với đối tác: không có tên, số giấy tờ, ngày, nơi dưới cấp tỉnh. Chỉ ca đã đồng ý cho thống kê ẩn danh và có đủ ca giống nhau.</translation>
    </message>
    <message>
        <source>Received from</source>
        <translation>Tiếp nhận từ ngày</translation>
    </message>
    <message>
        <source>Received to</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>Người duyệt</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Văn bản duyệt</translation>
    </message>
</context>
<context>
    <name>ClockQuestion</name>
    <message>
        <source>Go on with this day</source>
        <translation>Làm việc theo ngày này</translation>
    </message>
    <message>
        <source>Lock again</source>
        <translation>Khóa lại</translation>
    </message>
    <message>
        <source>Which day is it today?</source>
        <translation>Hôm nay là ngày nào?</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hôm nay</translation>
    </message>
</context>
<context>
    <name>CodeEditor</name>
    <message>
        <source>List of codes  (F4)</source>
        <translation>Danh mục mã  (F4)</translation>
    </message>
</context>
<context>
    <name>CodesEditor</name>
    <message>
        <source>List of codes  (F4)</source>
        <translation>Danh mục mã  (F4)</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Bỏ chọn</translation>
    </message>
    <message>
        <source>Add another</source>
        <translation>Thêm nữa</translation>
    </message>
    <message>
        <source>Codes or words, a comma between them</source>
        <translation>Mã hoặc chữ, cách nhau bằng dấu phẩy</translation>
    </message>
</context>
<context>
    <name>ColumnChoices</name>
    <message>
        <source>Column</source>
        <translation>Cột</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>Dòng đầu</translation>
    </message>
    <message>
        <source>Goes into</source>
        <translation>Vào ô</translation>
    </message>
    <message>
        <source>Where column {column} goes</source>
        <translation>Cột {column} vào ô nào</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Bỏ qua</translation>
    </message>
    <message>
        <source>no head</source>
        <translation>không có tiêu đề</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare and trust</source>
        <translation>So và tin cậy</translation>
    </message>
    <message>
        <source>Fingerprint, as the other side reads it out</source>
        <translation>Dấu vân tay, như bên kia đọc</translation>
    </message>
    <message>
        <source>Call a person you know at that station, on a number you know. Let them open Our card and read the fingerprint to you; type what you hear.</source>
        <translation>Gọi người quen ở trạm đó theo số đã biết từ trước. Nhờ họ mở Thẻ của trạm và đọc dấu vân tay; gõ lại điều nghe được.</translation>
    </message>
    <message>
        <source>Is this really {name}?</source>
        <translation>Có đúng là {name} không?</translation>
    </message>
</context>
<context>
    <name>ComputedLine</name>
    <message>
        <source>worked out</source>
        <translation>máy tính</translation>
    </message>
    <message>
        <source>given by the program</source>
        <translation>máy cấp</translation>
    </message>
    <message>
        <source>Given when the record is saved</source>
        <translation>Máy cấp khi lưu hồ sơ</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>This field was changed in two places that did not know of each other. Choose the right value; the others stay in the history.</source>
        <translation>Ô này được sửa ở hai nơi mà không biết nhau. Chọn giá trị đúng; giá trị kia vẫn còn trong lịch sử.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Để sau</translation>
    </message>
    <message>
        <source>Keep this value</source>
        <translation>Giữ giá trị này</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>chọn</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} trên {total}</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>A fault in the program</source>
        <translation>Lỗi của chương trình</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Báo cáo lỗi</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Chép báo cáo lỗi</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Làm tiếp</translation>
    </message>
    <message>
        <source>The last act was not finished; what was saved before is safe. Copy the report and send it with a sentence on what you were doing. It says where in the program the fault is, and nothing about any record.</source>
        <translation>Việc vừa làm chưa xong; những gì đã lưu vẫn còn nguyên. Chép báo cáo lỗi và gửi kèm một câu cho biết lúc đó đang làm gì. Báo cáo chỉ nêu chỗ lỗi trong chương trình, không nêu gì về hồ sơ.</translation>
    </message>
</context>
<context>
    <name>DayField</name>
    <message>
        <source>day/month/year</source>
        <translation>ngày/tháng/năm</translation>
    </message>
</context>
<context>
    <name>Days</name>
    <message>
        <source>Type whole days: day/month/year.</source>
        <translation>Ghi đủ ngày/tháng/năm.</translation>
    </message>
</context>
<context>
    <name>DeadlineLine</name>
    <message>
        <source>Until {day} ({limit}) · {law}</source>
        <translation>Đến {day} ({limit}) · {law}</translation>
    </message>
</context>
<context>
    <name>DeadlineList</name>
    <message>
        <source>Time limits</source>
        <translation>Thời hạn</translation>
    </message>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>%n việc đã làm</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoubleEntry</name>
    <message>
        <source>The record is covered while it is keyed again</source>
        <translation>Hồ sơ được che trong khi nhập lại</translation>
    </message>
</context>
<context>
    <name>DoubleEntryDialog</name>
    <message>
        <source>Key again to compare</source>
        <translation>Nhập lại để đối chiếu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Đối chiếu</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) agree.</source>
        <translation>
            <numerusform>%n ô khớp nhau.</numerusform>
        </translation>
    </message>
    <message>
        <source>Every field is compared.</source>
        <translation>Các ô đều đã đối chiếu.</translation>
    </message>
    <message>
        <source>Fields that you entered yourself are not asked here.</source>
        <translation>Ở đây không hỏi những ô do chính đồng chí nhập.</translation>
    </message>
    <message>
        <source>Type what the paper says, without looking at the record. Nothing typed here is saved.</source>
        <translation>Nhập theo giấy tờ, không xem hồ sơ. Chữ nhập ở đây không lưu vào hồ sơ.</translation>
    </message>
    <message>
        <source>Two values: {field}</source>
        <translation>Hai giá trị khác nhau: {field}</translation>
    </message>
    <message>
        <source>Keep this value</source>
        <translation>Giữ giá trị này</translation>
    </message>
</context>
<context>
    <name>DriveChoice</name>
    <message>
        <source>Another folder</source>
        <translation>Thư mục khác</translation>
    </message>
    <message>
        <source>Look for sticks again</source>
        <translation>Tìm lại USB</translation>
    </message>
    <message>
        <source>Stick or drive</source>
        <translation>USB hoặc ổ đĩa</translation>
    </message>
    <message>
        <source>{name}, {free} free</source>
        <translation>{name}, còn trống {free}</translation>
    </message>
    <message>
        <source>No stick found: put one in</source>
        <translation>Chưa thấy USB: cắm USB vào</translation>
    </message>
    <message>
        <source>Folder for bundles</source>
        <translation>Thư mục chứa gói</translation>
    </message>
</context>
<context>
    <name>DuplicatePanel</name>
    <message>
        <source>It is this person</source>
        <translation>Đúng là người này</translation>
    </message>
    <message>
        <source>Perhaps the same person</source>
        <translation>Có thể là cùng một người</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>và %n người nữa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnteredFigure</name>
    <message>
        <source>Number and day of the paper, or who gave it</source>
        <translation>Số, ngày văn bản hoặc cơ quan cung cấp</translation>
    </message>
    <message>
        <source>Enter this figure</source>
        <translation>Nhập số này</translation>
    </message>
    <message>
        <source>No register holds this figure. Enter it with its source.</source>
        <translation>Số này không có trong sổ nào. Nhập số và ghi nguồn.</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Số liệu</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Nguồn</translation>
    </message>
</context>
<context>
    <name>EntryFields</name>
    <message>
        <source>Open this record</source>
        <translation>Mở hồ sơ này</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Not saved: something is left to do.</source>
        <translation>Chưa lưu: còn việc phải làm.</translation>
    </message>
    <message>
        <source>{register}: new record</source>
        <translation>{register}: hồ sơ mới</translation>
    </message>
    <message>
        <source>You go on with the draft of {time}. It was not saved as a record yet.</source>
        <translation>Đang nhập tiếp bản nháp lúc {time}. Bản nháp chưa được lưu thành hồ sơ.</translation>
    </message>
    <message>
        <source>Draft kept</source>
        <translation>Đã lưu nháp</translation>
    </message>
</context>
<context>
    <name>EntryFrame</name>
    <message>
        <source>Leave</source>
        <translation>Rời đi</translation>
    </message>
    <message>
        <source>Save and begin the next</source>
        <translation>Lưu và nhập tiếp</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Let the draft go</source>
        <translation>Bỏ bản nháp</translation>
    </message>
</context>
<context>
    <name>EntryStatus</name>
    <message>
        <source>next</source>
        <translation>ô sau</translation>
    </message>
    <message>
        <source>help</source>
        <translation>giải thích</translation>
    </message>
    <message>
        <source>codes</source>
        <translation>danh mục</translation>
    </message>
    <message>
        <source>section</source>
        <translation>đến phần</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>lặp lại</translation>
    </message>
    <message>
        <source>leave</source>
        <translation>rời đi</translation>
    </message>
    <message numerus="yes">
        <source>%n still missing</source>
        <translation>
            <numerusform>còn thiếu %n ô</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to correct</source>
        <translation>
            <numerusform>phải sửa %n chỗ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangeLogModel</name>
    <message>
        <source>When</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Chiều</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Trạm</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Gói</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Mới</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Sửa</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gửi</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Nhận</translation>
    </message>
    <message>
        <source>written</source>
        <translation>đã ghi</translation>
    </message>
    <message>
        <source>taken in</source>
        <translation>đã nhận</translation>
    </message>
    <message>
        <source>known already</source>
        <translation>đã nhận từ trước</translation>
    </message>
    <message>
        <source>one before it is missing</source>
        <translation>còn thiếu gói trước</translation>
    </message>
    <message>
        <source>two histories</source>
        <translation>hai lịch sử khác nhau</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>để riêng, chờ xử lý</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>từ chối</translation>
    </message>
</context>
<context>
    <name>ExchangeLogTable</name>
    <message>
        <source>Past bundles</source>
        <translation>Gói đã gửi, nhận</translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message>
        <source>Send and receive</source>
        <translation>Gửi - nhận</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Gói</translation>
    </message>
    <message>
        <source>Past bundles</source>
        <translation>Gói đã gửi, nhận</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>Các trạm</translation>
    </message>
    <message>
        <source>Our card</source>
        <translation>Thẻ của trạm</translation>
    </message>
    <message>
        <source>Settle the conflicts</source>
        <translation>Xử lý xung đột</translation>
    </message>
    <message>
        <source>Writing the bundle</source>
        <translation>Đang lập gói</translation>
    </message>
    <message>
        <source>Held bundles</source>
        <translation>Gói đang giữ</translation>
    </message>
    <message>
        <source>Verifying the bundle</source>
        <translation>Đang kiểm tra gói</translation>
    </message>
    <message>
        <source>No bundle yet</source>
        <translation>Chưa có gói nào</translation>
    </message>
    <message>
        <source>Every bundle sent or received is listed here, with its result.</source>
        <translation>Mỗi gói đã gửi hoặc đã nhận có một dòng ở đây, kèm kết quả.</translation>
    </message>
    <message>
        <source>No station is trusted yet.</source>
        <translation>Chưa tin cậy trạm nào.</translation>
    </message>
    <message>
        <source>Gathering, signing and sealing</source>
        <translation>Đang gom, ký và niêm phong</translation>
    </message>
    <message>
        <source>Writing to the stick and reading it back</source>
        <translation>Đang ghi vào USB và đọc lại</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Đang đọc tệp</translation>
    </message>
    <message>
        <source>Verifying signature and content</source>
        <translation>Đang kiểm tra chữ ký và nội dung</translation>
    </message>
    <message>
        <source>{file} is written and was read back. The stick may be pulled now.</source>
        <translation>Đã ghi và đọc lại {file}. Có thể rút USB.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>Đã dừng. Không có gì thay đổi.</translation>
    </message>
    <message>
        <source>The card is saved as {file}.</source>
        <translation>Đã lưu thẻ vào {file}.</translation>
    </message>
</context>
<context>
    <name>ExportColumns</name>
    <message>
        <source>Columns</source>
        <translation>Cột</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>nội bộ</translation>
    </message>
    <message>
        <source>basic</source>
        <translation>cơ bản</translation>
    </message>
    <message>
        <source>sensitive</source>
        <translation>nhạy cảm</translation>
    </message>
    <message>
        <source>sensitive, needs a purpose</source>
        <translation>nhạy cảm, cần mục đích</translation>
    </message>
    <message>
        <source>tells who it is</source>
        <translation>nhận ra người</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export data</source>
        <translation>Xuất dữ liệu</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Bảng</translation>
    </message>
    <message>
        <source>Cases by HTCDS 2.0</source>
        <translation>Ca theo chuẩn HTCDS 2.0</translation>
    </message>
    <message>
        <source>Written as {file}, number {number} in the book of exports.
SHA-256 {digest}</source>
        <translation>Đã ghi {file}, số {number} trong sổ xuất dữ liệu.
SHA-256 {digest}</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Export to a file</source>
        <translation>Xuất ra tệp</translation>
    </message>
</context>
<context>
    <name>FieldBlock</name>
    <message>
        <source>Kept from the record before</source>
        <translation>Giữ từ hồ sơ trước</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>Giải quyết</translation>
    </message>
    <message>
        <source>Two stations wrote different values.</source>
        <translation>Hai trạm ghi hai giá trị khác nhau.</translation>
    </message>
    <message>
        <source>required</source>
        <translation>bắt buộc</translation>
    </message>
</context>
<context>
    <name>FieldHelp</name>
    <message>
        <source>There is no more to say on this field.</source>
        <translation>Ô này không có giải thích thêm.</translation>
    </message>
    <message>
        <source>This identifies a victim or an informant. It is covered until someone says why it is needed.</source>
        <translation>Nội dung này cho biết danh tính nạn nhân hoặc người báo tin. Máy che lại cho đến khi nêu lý do cần xem.</translation>
    </message>
    <message>
        <source>14/03/2025, 14032025 and 140325 are read alike; 14/3 is of this year.</source>
        <translation>14/03/2025, 14032025 và 140325 đọc như nhau; 14/3 là của năm nay.</translation>
    </message>
    <message>
        <source>14/03/2025 08:30, or 8h30 for today.</source>
        <translation>14/03/2025 08:30, hoặc 8h30 nếu là hôm nay.</translation>
    </message>
    <message>
        <source>C or Y is yes, K or N is no, Delete takes the answer back.</source>
        <translation>C hoặc Y là Có, K hoặc N là Không, Delete để bỏ trả lời.</translation>
    </message>
    <message>
        <source>Type to begin a row; Ins or Ctrl+Enter adds one below, Ctrl+Delete takes it away.</source>
        <translation>Gõ chữ để bắt đầu một dòng; Ins hoặc Ctrl+Enter thêm dòng bên dưới, Ctrl+Delete xóa dòng.</translation>
    </message>
    <message>
        <source>Type the code or the beginning of a word, without marks if you like; F4 shows the list.</source>
        <translation>Gõ mã hoặc chữ đầu, không cần dấu; F4 mở danh mục.</translation>
    </message>
    <message>
        <source>Type a few letters of the commune, new or old; F4 gives the old address its line.</source>
        <translation>Gõ vài chữ tên xã mới hoặc cũ; F4 mở ô Địa chỉ cũ.</translation>
    </message>
    <message>
        <source>Type some letters of the name, or the number; marks are not needed.</source>
        <translation>Gõ vài chữ trong tên, hoặc số; không cần dấu.</translation>
    </message>
</context>
<context>
    <name>FieldNote</name>
    <message>
        <source>Note on this field: what is not clear, whom to ask</source>
        <translation>Ghi chú ở ô này: chỗ chưa rõ, cần hỏi lại ai</translation>
    </message>
    <message>
        <source>Note on {field}</source>
        <translation>Ghi chú ở ô {field}</translation>
    </message>
</context>
<context>
    <name>FigurePanel</name>
    <message>
        <source>Back to the report</source>
        <translation>Về báo cáo</translation>
    </message>
    <message>
        <source>Records of this figure</source>
        <translation>Hồ sơ của số này</translation>
    </message>
    <message>
        <source>No record is behind this figure.</source>
        <translation>Số này không có hồ sơ nào.</translation>
    </message>
    <message>
        <source>Numerator</source>
        <translation>Tử số</translation>
    </message>
    <message>
        <source>Denominator</source>
        <translation>Mẫu số</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Tên gọi</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Đơn vị</translation>
    </message>
</context>
<context>
    <name>FileTiles</name>
    <message>
        <source>Files</source>
        <translation>Tệp</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Kind of post</source>
        <translation>Loại đơn vị</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Địa bàn</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Mã khôi phục</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Quay lại</translation>
    </message>
    <message>
        <source>Set up a post</source>
        <translation>Lập sổ cho đơn vị</translation>
    </message>
    <message>
        <source>Create the registry</source>
        <translation>Lập sổ</translation>
    </message>
    <message>
        <source>Start working</source>
        <translation>Bắt đầu làm việc</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Creating the registry</source>
        <translation>Đang lập sổ</translation>
    </message>
</context>
<context>
    <name>FormNavigation</name>
    <message>
        <source>Go to field</source>
        <translation>Đến ô</translation>
    </message>
    <message>
        <source>Number, or letters of the label</source>
        <translation>Số của ô, hoặc vài chữ của tên ô</translation>
    </message>
    <message>
        <source>Notes of this record</source>
        <translation>Ghi chú ở các ô của hồ sơ này</translation>
    </message>
    <message>
        <source>Letters of the note or of the label</source>
        <translation>Vài chữ của ghi chú hoặc của tên ô</translation>
    </message>
    <message>
        <source>This record has no notes. Ctrl+D writes one on the field of the cursor.</source>
        <translation>Hồ sơ này chưa có ghi chú ở ô nào. Ctrl+D ghi chú ở ô đang nhập.</translation>
    </message>
</context>
<context>
    <name>FormScans</name>
    <message>
        <source>a new person</source>
        <translation>người mới</translation>
    </message>
</context>
<context>
    <name>GivenCard</name>
    <message>
        <source>(empty)</source>
        <translation>(để trống)</translation>
    </message>
</context>
<context>
    <name>GuestCheckPanel</name>
    <message>
        <source>Compare</source>
        <translation>Đối chiếu</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>Khách</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Giấy tờ</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Phòng</translation>
    </message>
    <message>
        <source>Declaration</source>
        <translation>Khai báo</translation>
    </message>
    <message>
        <source>Guests of the night</source>
        <translation>Khách trong đêm</translation>
    </message>
    <message>
        <source>No night compared</source>
        <translation>Chưa đối chiếu đêm nào</translation>
    </message>
    <message>
        <source>Choose a lodging and the night of a check. The night of a day runs to the noon of the next. The lists are a reason to look again; they say nothing about anybody.</source>
        <translation>Chọn cơ sở và đêm đã kiểm tra. Đêm của một ngày tính đến 12 giờ trưa hôm sau. Danh sách chỉ để xem lại, không kết luận về ai.</translation>
    </message>
    <message>
        <source>Lodging</source>
        <translation>Cơ sở lưu trú</translation>
    </message>
    <message>
        <source>Night of</source>
        <translation>Đêm ngày</translation>
    </message>
    <message>
        <source>Declared {declared}, found {found}, the same {same}</source>
        <translation>Khai báo {declared}, có mặt {found}, khớp {same}</translation>
    </message>
    <message>
        <source>found, not declared</source>
        <translation>có mặt, chưa khai báo</translation>
    </message>
    <message>
        <source>declared, not found</source>
        <translation>khai báo, không thấy</translation>
    </message>
    <message>
        <source>the same by name</source>
        <translation>khớp theo họ tên</translation>
    </message>
    <message>
        <source>the same by document</source>
        <translation>khớp theo giấy tờ</translation>
    </message>
    <message>
        <source>in time</source>
        <translation>đúng hạn</translation>
    </message>
    <message>
        <source>late</source>
        <translation>muộn</translation>
    </message>
    <message>
        <source>hour of arrival not known</source>
        <translation>không rõ giờ đến</translation>
    </message>
    <message>
        <source>hour of declaration not known</source>
        <translation>không rõ giờ khai báo</translation>
    </message>
</context>
<context>
    <name>HeldPanel</name>
    <message>
        <source>Try all again</source>
        <translation>Thử lại tất cả</translation>
    </message>
    <message>
        <source>Held bundles</source>
        <translation>Gói đang giữ</translation>
    </message>
    <message>
        <source>Delete this bundle</source>
        <translation>Xóa gói này</translation>
    </message>
    <message>
        <source>No bundle is held</source>
        <translation>Không có gói nào đang giữ</translation>
    </message>
    <message>
        <source>A bundle that cannot be taken in yet is kept here until its station is trusted.</source>
        <translation>Gói chưa nhận được sẽ được giữ ở đây đến khi trạm gửi được tin cậy.</translation>
    </message>
    <message>
        <source>Sender not readable</source>
        <translation>Không đọc được trạm gửi</translation>
    </message>
    <message>
        <source>It was written by a newer version of the program. Install that version, then try again.</source>
        <translation>Gói do phiên bản mới hơn của chương trình ghi. Cài phiên bản đó rồi thử lại.</translation>
    </message>
    <message>
        <source>It contradicts what its station sent before. Keep it, and telephone the province.</source>
        <translation>Gói trái với những gì trạm này đã gửi trước đó. Giữ lại gói và gọi điện báo cấp tỉnh.</translation>
    </message>
    <message>
        <source>Its station is not trusted yet. Once it is, the bundle is received by itself.</source>
        <translation>Trạm gửi chưa được tin cậy. Khi trạm được tin cậy, gói sẽ tự được nhận.</translation>
    </message>
    <message>
        <source>It is signed with another key than its card shows. Telephone the station before anything else.</source>
        <translation>Gói ký bằng khóa khác với thẻ của trạm. Gọi điện cho trạm đó trước khi làm việc khác.</translation>
    </message>
    <message>
        <source>Its station is no longer trusted. A superior decides what becomes of it.</source>
        <translation>Trạm gửi đã thôi được tin cậy. Lãnh đạo quyết định xử lý gói này.</translation>
    </message>
    <message>
        <source>A bundle before it is missing. Receive that one first, then try again.</source>
        <translation>Thiếu một gói trước gói này. Nhận gói trước rồi thử lại.</translation>
    </message>
    <message>
        <source>The province has changes of this station that are not here. Keep it, and telephone the province.</source>
        <translation>Tỉnh có những thay đổi của trạm này mà sổ ở đây không có. Giữ lại gói và gọi điện báo cấp tỉnh.</translation>
    </message>
    <message>
        <source>It could not be taken in. Try again, or quote {code} to the province.</source>
        <translation>Chưa nhận được gói. Thử lại, hoặc đọc mã {code} cho cấp tỉnh.</translation>
    </message>
    <message>
        <source>Kept as they came; nothing in them is in the registers yet.</source>
        <translation>Giữ nguyên như khi đến; chưa có gì trong các gói này được vào sổ.</translation>
    </message>
    <message>
        <source>Why it is deleted</source>
        <translation>Lý do xóa</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>chosen: {new}</source>
        <translation>đã chọn: {new}</translation>
    </message>
    <message>
        <source>{old}  →  {new}</source>
        <translation>{old}  →  {new}</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(để trống)</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
</context>
<context>
    <name>IdentityPanel</name>
    <message>
        <source>Household</source>
        <translation>Cùng hộ</translation>
    </message>
    <message>
        <source>As the register of people says: same head, or same house.</source>
        <translation>Theo sổ Người: cùng chủ hộ, hoặc cùng số nhà.</translation>
    </message>
    <message>
        <source>Old numbers</source>
        <translation>Số giấy tờ cũ</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Tên gọi khác</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Nhân thân</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Họ tên</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Quan hệ với chủ hộ</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Căn cứ</translation>
    </message>
    <message>
        <source>same head</source>
        <translation>cùng chủ hộ</translation>
    </message>
    <message>
        <source>same house</source>
        <translation>cùng nhà</translation>
    </message>
</context>
<context>
    <name>ImportHead</name>
    <message>
        <source>Guests declared by a lodging</source>
        <translation>Khách do cơ sở lưu trú khai báo</translation>
    </message>
    <message>
        <source>A form for KoboToolbox or ODK (XLSForm)</source>
        <translation>Biểu mẫu KoboToolbox, ODK (XLSForm)</translation>
    </message>
    <message>
        <source>Declared at</source>
        <translation>Khai báo lúc</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Rows that lack answers become drafts</source>
        <translation>Dòng thiếu ô bắt buộc thành bản nháp</translation>
    </message>
    <message>
        <source>Table: {register}</source>
        <translation>Bảng: {register}</translation>
    </message>
    <message>
        <source>Lodging not known</source>
        <translation>Chưa rõ cơ sở</translation>
    </message>
    <message>
        <source>the one table</source>
        <translation>bảng duy nhất</translation>
    </message>
    <message>
        <source>Lodging</source>
        <translation>Cơ sở lưu trú</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Trang tính</translation>
    </message>
    <message>
        <source>Row of the heads</source>
        <translation>Dòng tiêu đề</translation>
    </message>
    <message>
        <source>What the file holds</source>
        <translation>Tệp chứa gì</translation>
    </message>
</context>
<context>
    <name>ImportLines</name>
    <message>
        <source>can be taken</source>
        <translation>nhập được</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>cần xem</translation>
    </message>
    <message>
        <source>as a draft</source>
        <translation>thành nháp</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>bỏ qua</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>từ chối</translation>
    </message>
    <message>
        <source>{read} rows read: {taken} can be taken, {skipped} left out, {refused} refused</source>
        <translation>Đọc {read} dòng: nhập được {taken}, bỏ qua {skipped}, từ chối {refused}</translation>
    </message>
    <message>
        <source>This register is here already, unchanged.</source>
        <translation>Sổ này đã có, giống hệt.</translation>
    </message>
    <message>
        <source>{fields} questions become fields; {notes} things to look at</source>
        <translation>{fields} câu hỏi thành ô; {notes} điều cần xem</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Bring in files</source>
        <translation>Nhập tệp</translation>
    </message>
    <message>
        <source>Guest declarations, spreadsheets of old registers</source>
        <translation>Khai báo lưu trú, sổ cũ trong bảng tính</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Nhập</translation>
    </message>
    <message>
        <source>Past imports</source>
        <translation>Các lần nhập</translation>
    </message>
    <message>
        <source>Guests against a check</source>
        <translation>Đối chiếu khách</translation>
    </message>
    <message>
        <source>{count} records were brought in as {import}.</source>
        <translation>Đã nhập {count} hồ sơ, lần nhập {import}.</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>Hoàn tác lần nhập này</translation>
    </message>
    <message>
        <source>The register {register} was made. Lock and unlock to see it in the sidebar.</source>
        <translation>Đã lập sổ {register}. Khóa rồi mở lại để thấy sổ ở cột trái.</translation>
    </message>
    <message>
        <source>{count} records were taken back.</source>
        <translation>Đã rút lại {count} hồ sơ.</translation>
    </message>
    <message>
        <source>{count} were changed or used since and stay.</source>
        <translation>{count} hồ sơ đã sửa hoặc đang được dùng nên giữ nguyên.</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Choose a file</source>
        <translation>Chọn tệp</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Dòng</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>Cần xem</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>Các dòng của tệp</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Các cột</translation>
    </message>
    <message>
        <source>Look at the rows</source>
        <translation>Xem từng dòng</translation>
    </message>
    <message>
        <source>Bringing in the rows</source>
        <translation>Đang nhập các dòng</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>Chưa chọn tệp</translation>
    </message>
    <message>
        <source>Guest declarations (XML, XLSX, CSV) and spreadsheets of old registers are shown row by row first; nothing is written before you say so, and an import can be undone.</source>
        <translation>Khai báo lưu trú (XML, XLSX, CSV) và sổ cũ trong bảng tính được xem trước từng dòng; chưa bấm Nhập thì chưa ghi gì, và lần nhập nào cũng hoàn tác được.</translation>
    </message>
    <message>
        <source>Files to bring in (*.xml *.xlsx *.csv *.tsv *.txt);;All files (*)</source>
        <translation>Tệp nhập được (*.xml *.xlsx *.csv *.tsv *.txt);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>Đang đọc các dòng</translation>
    </message>
    <message>
        <source>Make the register</source>
        <translation>Lập sổ</translation>
    </message>
    <message>
        <source>Bring in {count} rows</source>
        <translation>Nhập {count} dòng</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>KeyTable</name>
    <message>
        <source>New record</source>
        <translation>Hồ sơ mới</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Tìm</translation>
    </message>
    <message>
        <source>Print preview</source>
        <translation>Xem trước khi in</translation>
    </message>
    <message>
        <source>All about a person</source>
        <translation>Trang cá nhân của một người</translation>
    </message>
    <message>
        <source>Help on this field</source>
        <translation>Giải thích ô này</translation>
    </message>
    <message>
        <source>List of codes</source>
        <translation>Danh mục mã</translation>
    </message>
    <message>
        <source>Go to section</source>
        <translation>Đến phần</translation>
    </message>
    <message>
        <source>Repeat the last record&apos;s value</source>
        <translation>Lặp lại giá trị của hồ sơ trước</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>Lỗi tiếp theo</translation>
    </message>
    <message>
        <source>Note on this field</source>
        <translation>Ghi chú ở ô này</translation>
    </message>
    <message>
        <source>List of notes</source>
        <translation>Danh sách ghi chú ở các ô</translation>
    </message>
    <message>
        <source>Go to field</source>
        <translation>Đến ô</translation>
    </message>
    <message>
        <source>Key again to compare</source>
        <translation>Nhập lại để đối chiếu</translation>
    </message>
    <message>
        <source>Go on with the unfinished form</source>
        <translation>Làm tiếp biểu nhập dở</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Ở mọi nơi</translation>
    </message>
    <message>
        <source>Go to a page of the sidebar</source>
        <translation>Đến trang trong thanh bên</translation>
    </message>
    <message>
        <source>Export data</source>
        <translation>Xuất dữ liệu</translation>
    </message>
    <message>
        <source>Fold or unfold the sidebar</source>
        <translation>Thu gọn hoặc mở rộng thanh bên</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>To hơn</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Nhỏ hơn</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>Cỡ thường</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>This list, or help on the field</source>
        <translation>Bảng này, hoặc giải thích ô đang nhập</translation>
    </message>
    <message>
        <source>In a form</source>
        <translation>Trong biểu nhập</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>Ô sau</translation>
    </message>
    <message>
        <source>Field before</source>
        <translation>Ô trước</translation>
    </message>
    <message>
        <source>Next section, section before</source>
        <translation>Phần sau, phần trước</translation>
    </message>
    <message>
        <source>Add a row below</source>
        <translation>Thêm dòng bên dưới</translation>
    </message>
    <message>
        <source>Take the row away</source>
        <translation>Xóa dòng này</translation>
    </message>
    <message>
        <source>In rows: the row above, the row below</source>
        <translation>Trong các dòng: dòng trên, dòng dưới</translation>
    </message>
    <message>
        <source>Look at the file</source>
        <translation>Xem tệp</translation>
    </message>
    <message>
        <source>Leave; the draft stays</source>
        <translation>Rời đi; bản nháp vẫn còn</translation>
    </message>
    <message>
        <source>In a list</source>
        <translation>Trong danh sách</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Di chuyển</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>On a person&apos;s page: add a link, take one away</source>
        <translation>Ở trang cá nhân: thêm liên kết, bỏ liên kết</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Choose a card</source>
        <translation>Chọn một thẻ</translation>
    </message>
    <message>
        <source>Keep the chosen value</source>
        <translation>Giữ giá trị đã chọn</translation>
    </message>
</context>
<context>
    <name>KeysNotice</name>
    <message>
        <source>The program is still at work.</source>
        <translation>Phần việc trước chưa xong.</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) typed wait for it and will act in their order. Esc drops them.</source>
        <translation>
            <numerusform>%n phím đã gõ đang chờ, sẽ vào đúng thứ tự. Esc bỏ các phím này.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) typed meanwhile were not used.</source>
        <translation>
            <numerusform>%n phím gõ trong lúc chờ đã không được dùng.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KindPage</name>
    <message>
        <source>Which post is this?</source>
        <translation>Đây là đơn vị nào?</translation>
    </message>
    <message>
        <source>It decides the letter-head, the station&apos;s number and what is sent where.</source>
        <translation>Loại đơn vị quyết định tiêu đề văn bản, mã trạm và nơi gửi, nơi nhận.</translation>
    </message>
    <message>
        <source>Commune police</source>
        <translation>Công an xã</translation>
    </message>
    <message>
        <source>Keeps the registers of one commune and sends them to the province.</source>
        <translation>Giữ các sổ của một xã, phường, đặc khu và gửi lên tỉnh.</translation>
    </message>
    <message>
        <source>Border-guard station</source>
        <translation>Đồn Biên phòng</translation>
    </message>
    <message>
        <source>Keeps the registers of its stretch of the border and sends them to the province.</source>
        <translation>Giữ các sổ của đoạn biên giới phụ trách và gửi lên tỉnh.</translation>
    </message>
    <message>
        <source>Province office</source>
        <translation>Công an tỉnh</translation>
    </message>
    <message>
        <source>Receives the bundles of the posts and gathers them.</source>
        <translation>Nhận gói của các đơn vị và tổng hợp.</translation>
    </message>
</context>
<context>
    <name>LineEditor</name>
    <message>
        <source>estimated</source>
        <translation>ước lượng</translation>
    </message>
    <message>
        <source>month only</source>
        <translation>chỉ biết tháng</translation>
    </message>
    <message>
        <source>year only</source>
        <translation>chỉ biết năm</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>ngày/tháng/năm</translation>
    </message>
    <message>
        <source>day/month/year, month/year or year</source>
        <translation>ngày/tháng/năm, tháng/năm hoặc năm</translation>
    </message>
    <message>
        <source>day/month/year hour:minute</source>
        <translation>ngày/tháng/năm giờ:phút</translation>
    </message>
</context>
<context>
    <name>LinkForm</name>
    <message>
        <source>For example: elder sister, told by the mother</source>
        <translation>Ví dụ: chị ruột, do mẹ kể</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liên kết</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Kind of link</source>
        <translation>Loại liên kết</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Sổ</translation>
    </message>
    <message>
        <source>Which record</source>
        <translation>Hồ sơ nào</translation>
    </message>
    <message>
        <source>New link</source>
        <translation>Liên kết mới</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Choose the record to link to first.</source>
        <translation>Chọn hồ sơ cần liên kết trước.</translation>
    </message>
</context>
<context>
    <name>LinksCard</name>
    <message>
        <source>People linked to this one</source>
        <translation>Người liên quan</translation>
    </message>
    <message>
        <source>Nobody yet. Ins adds a link: family, company on the way, the same lodging.</source>
        <translation>Chưa có ai. Bấm Ins để thêm: gia đình, đi cùng, cùng nơi lưu trú.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Người</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Người ghi</translation>
    </message>
    <message>
        <source>a form</source>
        <translation>theo hồ sơ</translation>
    </message>
</context>
<context>
    <name>LinksPanel</name>
    <message>
        <source>Links</source>
        <translation>Liên kết</translation>
    </message>
    <message>
        <source>No other record is linked to this one.</source>
        <translation>Chưa có hồ sơ nào liên kết với hồ sơ này.</translation>
    </message>
    <message>
        <source>{title} · names this record as {field}</source>
        <translation>{title} · ghi hồ sơ này ở ô {field}</translation>
    </message>
</context>
<context>
    <name>LongTextEditor</name>
    <message>
        <source>Shift+Enter begins a new line</source>
        <translation>Shift+Enter để xuống dòng</translation>
    </message>
</context>
<context>
    <name>LookTab</name>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Tương phản cao</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Màu sắc</translation>
    </message>
    <message>
        <source>Size  (Ctrl+= and Ctrl+-)</source>
        <translation>Cỡ chữ  (Ctrl+= và Ctrl+-)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Ngôn ngữ</translation>
    </message>
    <message>
        <source>Go on by itself from a field that is full</source>
        <translation>Tự sang ô khi đủ</translation>
    </message>
    <message>
        <source>A whole date, a whole number of a paper, a whole code, yes or no: the cursor goes to the next field, and an Enter right after it does nothing. Enter also passes over answers kept from the record before.</source>
        <translation>Đủ ngày tháng năm, đủ số giấy tờ, đủ mã, có hoặc không: con trỏ tự sang ô sau, Enter gõ ngay sau đó không có tác dụng. Enter còn bỏ qua ô đã giữ sẵn từ hồ sơ trước.</translation>
    </message>
</context>
<context>
    <name>MainView</name>
    <message>
        <source>No form is unfinished</source>
        <translation>Không có biểu nào nhập dở</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Covered while you work in another window</source>
        <translation>Đã che vì đang làm việc ở cửa sổ khác</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Record</source>
        <translation>&amp;Hồ sơ</translation>
    </message>
    <message>
        <source>Blank forms</source>
        <translation>Mẫu trống</translation>
    </message>
    <message>
        <source>Register book</source>
        <translation>In sổ</translation>
    </message>
    <message>
        <source>Export data</source>
        <translation>Xuất dữ liệu</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Thoát</translation>
    </message>
    <message>
        <source>&amp;Form</source>
        <translation>&amp;Biểu nhập</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Đến trang</translation>
    </message>
    <message>
        <source>Fold or unfold the sidebar</source>
        <translation>Thu gọn hoặc mở rộng thanh bên</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>To hơn</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Nhỏ hơn</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>Cỡ thường</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Tương phản cao</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Trợ giúp</translation>
    </message>
    <message>
        <source>Help on this field, or all keys</source>
        <translation>Giải thích ô đang nhập, hoặc bảng phím tắt</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Đóng thông báo này</translation>
    </message>
    <message>
        <source>Code: {code}</source>
        <translation>Mã: {code}</translation>
    </message>
</context>
<context>
    <name>NamesPage</name>
    <message>
        <source>What is printed on your papers?</source>
        <translation>Giấy tờ của đơn vị ghi thế nào?</translation>
    </message>
    <message>
        <source>The post&apos;s name is printed as you write it here.</source>
        <translation>Tên đơn vị được in đúng như ghi ở đây.</translation>
    </message>
    <message>
        <source>Name of the post, as on the letter-head</source>
        <translation>Tên đơn vị, như trên tiêu đề văn bản</translation>
    </message>
    <message>
        <source>Your full name</source>
        <translation>Họ và tên của đồng chí</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Cấp bậc</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Chức vụ</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Dùng mật khẩu này</translation>
    </message>
    <message>
        <source>Another</source>
        <translation>Đổi cái khác</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>Nhập lại mật khẩu</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Nhập lại</translation>
    </message>
    <message>
        <source>A good one, made just now</source>
        <translation>Mật khẩu tốt, vừa tạo</translation>
    </message>
    <message>
        <source>Four words and two digits: easy to remember and to type, hard to guess.</source>
        <translation>Bốn từ và hai chữ số: dễ nhớ, dễ gõ, khó đoán.</translation>
    </message>
    <message>
        <source>At least ten characters. Marks and capitals count.</source>
        <translation>Ít nhất mười ký tự. Có phân biệt dấu và chữ hoa.</translation>
    </message>
    <message>
        <source>Weak: a thief&apos;s computer guesses it within days.</source>
        <translation>Yếu: máy của kẻ trộm đoán ra trong vài ngày.</translation>
    </message>
    <message>
        <source>Fair: it takes years to guess.</source>
        <translation>Vừa: phải nhiều năm mới đoán ra.</translation>
    </message>
    <message>
        <source>Strong: not to be guessed in a lifetime.</source>
        <translation>Mạnh: cả đời không đoán ra.</translation>
    </message>
    <message>
        <source>The two are not alike.</source>
        <translation>Hai lần nhập không giống nhau.</translation>
    </message>
    <message>
        <source>Both are alike.</source>
        <translation>Hai lần nhập giống nhau.</translation>
    </message>
    <message>
        <source>Type it again, so that a slip of the finger locks nobody out.</source>
        <translation>Gõ lại một lần nữa để không bị khóa ngoài vì gõ nhầm.</translation>
    </message>
</context>
<context>
    <name>OfficersTab</name>
    <message>
        <source>Add the officer</source>
        <translation>Thêm cán bộ</translation>
    </message>
    <message>
        <source>May open this registry</source>
        <translation>Được mở sổ này</translation>
    </message>
    <message>
        <source>Another officer</source>
        <translation>Cán bộ khác</translation>
    </message>
    <message>
        <source>With a passphrase of their own.</source>
        <translation>Có mật khẩu riêng.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Cấp bậc</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Chức vụ</translation>
    </message>
</context>
<context>
    <name>PassphraseField</name>
    <message>
        <source>Show the letters</source>
        <translation>Hiện chữ</translation>
    </message>
    <message>
        <source>Hide the letters</source>
        <translation>Ẩn chữ</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Mở khóa</translation>
    </message>
    <message>
        <source>Use the recovery code</source>
        <translation>Dùng mã khôi phục</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Đang mở</translation>
    </message>
</context>
<context>
    <name>PassphrasePage</name>
    <message>
        <source>Your passphrase</source>
        <translation>Mật khẩu của đồng chí</translation>
    </message>
    <message>
        <source>It opens the registry on this machine. Nobody can look it up, not even the province.</source>
        <translation>Mật khẩu mở sổ trên máy này. Không ai tra lại được, kể cả tỉnh.</translation>
    </message>
</context>
<context>
    <name>PassphraseTab</name>
    <message>
        <source>Passphrase of now</source>
        <translation>Mật khẩu hiện nay</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Đổi mật khẩu</translation>
    </message>
</context>
<context>
    <name>PastImports</name>
    <message>
        <source>Import</source>
        <translation>Lần nhập</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Sổ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Past imports</source>
        <translation>Các lần nhập</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>Hoàn tác lần nhập này</translation>
    </message>
    <message>
        <source>Nothing brought in yet</source>
        <translation>Chưa nhập tệp nào</translation>
    </message>
    <message>
        <source>Every import is listed here and can be undone.</source>
        <translation>Mọi lần nhập có ở đây và hoàn tác được.</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>đã hoàn tác</translation>
    </message>
    <message>
        <source>brought in</source>
        <translation>đã nhập</translation>
    </message>
    <message>
        <source>Undo {import}: press again</source>
        <translation>Hoàn tác {import}: bấm lần nữa</translation>
    </message>
</context>
<context>
    <name>PdfPages</name>
    <message>
        <source>Pages</source>
        <translation>Trang</translation>
    </message>
</context>
<context>
    <name>PeriodChoice</name>
    <message>
        <source>Period</source>
        <translation>Kỳ</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Kỳ thứ</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Năm</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Từ ngày</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Tháng</translation>
    </message>
    <message>
        <source>Quarter</source>
        <translation>Quý</translation>
    </message>
    <message>
        <source>First six months</source>
        <translation>6 tháng đầu năm</translation>
    </message>
    <message>
        <source>Last six months</source>
        <translation>6 tháng cuối năm</translation>
    </message>
    <message>
        <source>Nine months</source>
        <translation>9 tháng</translation>
    </message>
    <message>
        <source>Campaign, 1 July to 30 September</source>
        <translation>Đợt cao điểm 01/7 - 30/9</translation>
    </message>
    <message>
        <source>From day to day</source>
        <translation>Từ ngày đến ngày</translation>
    </message>
    <message>
        <source>Type both days: day/month/year.</source>
        <translation>Gõ đủ hai ngày: ngày/tháng/năm.</translation>
    </message>
    <message>
        <source>Type the year with four digits.</source>
        <translation>Gõ năm bốn chữ số.</translation>
    </message>
</context>
<context>
    <name>PersonEditor</name>
    <message>
        <source>Enter a new person: {name}</source>
        <translation>Nhập người mới: {name}</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>Choose a known person instead</source>
        <translation>Chọn người đã có</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Người mới</translation>
    </message>
</context>
<context>
    <name>PersonView</name>
    <message>
        <source>Back to the list</source>
        <translation>Về danh sách</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Mở hồ sơ</translation>
    </message>
    <message>
        <source>Add a link</source>
        <translation>Thêm liên kết</translation>
    </message>
    <message>
        <source>Whether a victim or an informant is concerned is shown only for a reason.</source>
        <translation>Nội dung liên quan nạn nhân, người báo tin chỉ hiện khi nêu lý do.</translation>
    </message>
    <message>
        <source>Take the link away</source>
        <translation>Bỏ liên kết</translation>
    </message>
    <message>
        <source>A form makes this link. Open {record} and change it there.</source>
        <translation>Liên kết này lấy từ một hồ sơ. Mở {record} rồi sửa ở đó.</translation>
    </message>
    <message>
        <source>Take the link to {record} away ({kind})?</source>
        <translation>Bỏ liên kết với {record} ({kind})?</translation>
    </message>
    <message>
        <source>Linked.</source>
        <translation>Đã liên kết.</translation>
    </message>
    <message>
        <source>The link is taken away.</source>
        <translation>Đã bỏ liên kết.</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Lấy lại</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>Ảnh</translation>
    </message>
</context>
<context>
    <name>PlacePage</name>
    <message>
        <source>Where is the post?</source>
        <translation>Đơn vị ở đâu?</translation>
    </message>
    <message>
        <source>The units of 1 July 2025. An old name finds its new unit, with marks or without.</source>
        <translation>Danh mục từ 01/7/2025. Gõ tên cũ cũng tìm ra đơn vị mới, có dấu hay không dấu đều được.</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>Tỉnh, thành phố</translation>
    </message>
    <message>
        <source>Find a province</source>
        <translation>Tìm tỉnh, thành phố</translation>
    </message>
    <message>
        <source>Commune, ward or special zone</source>
        <translation>Xã, phường, đặc khu</translation>
    </message>
    <message>
        <source>Find a commune</source>
        <translation>Tìm xã, phường, đặc khu</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>Print preview</source>
        <translation>Xem trước khi in</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Văn bản</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Lưu thành PDF</translation>
    </message>
    <message>
        <source>This paper identifies a victim. It carries your name, the time and copy number {copy}; the copy is in the log. Hand it only to who may see it.</source>
        <translation>Giấy này cho biết danh tính nạn nhân. Trên giấy có tên cán bộ in, giờ in và bản số {copy}; bản in đã được ghi nhật ký. Chỉ giao cho người được phép xem.</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Đã lưu vào {file}.</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n trang</numerusform>
        </translation>
    </message>
    <message>
        <source>PDF files</source>
        <translation>Tệp PDF</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Đang bắt đầu</translation>
    </message>
    <message>
        <source>This was done before it could be stopped.</source>
        <translation>Việc này đã làm xong trước khi dừng được.</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Đang dừng</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} trên {total}</translation>
    </message>
    <message>
        <source>{done} of {total}, {time} left</source>
        <translation>{done} trên {total}, còn {time}</translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>khoảng %n giây</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>khoảng %n phút</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message>
        <source>The reason, which stays in the history</source>
        <translation>Lý do, được lưu trong lịch sử</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>If it is right all the same: the reason</source>
        <translation>Nếu vẫn đúng: ghi lý do</translation>
    </message>
</context>
<context>
    <name>ReceiveCard</name>
    <message>
        <source>Bundles on the stick</source>
        <translation>Gói trong USB</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>Nhận về</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>Tệp khác</translation>
    </message>
    <message>
        <source>Verified first; the file on the stick is never changed.</source>
        <translation>Kiểm tra trước khi nhận; tệp trong USB không bao giờ bị sửa.</translation>
    </message>
    <message>
        <source>taken in already</source>
        <translation>đã nhận</translation>
    </message>
    <message>
        <source>No bundle lies on this stick. Drop a file here, or choose one.</source>
        <translation>USB này không có gói nào. Kéo tệp vào đây hoặc chọn tệp.</translation>
    </message>
    <message>
        <source>Put a stick in, drop a file here, or choose one.</source>
        <translation>Cắm USB, kéo tệp vào đây hoặc chọn tệp.</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Gói</translation>
    </message>
    <message>
        <source>Receive a bundle</source>
        <translation>Nhận gói</translation>
    </message>
</context>
<context>
    <name>RecordEditor</name>
    <message>
        <source>Name or number, marks not needed</source>
        <translation>Gõ tên hoặc số, không cần dấu</translation>
    </message>
</context>
<context>
    <name>RecordPreview</name>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Settle conflicts</source>
        <translation>Giải quyết xung đột</translation>
    </message>
    <message>
        <source>All about this person</source>
        <translation>Trang cá nhân</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Tóm tắt</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liên kết</translation>
    </message>
    <message>
        <source>changed {time}</source>
        <translation>sửa {time}</translation>
    </message>
    <message>
        <source>Mark a record in the list to read it here.</source>
        <translation>Chọn một hồ sơ trong danh sách để đọc ở đây.</translation>
    </message>
</context>
<context>
    <name>RecordProblems</name>
    <message>
        <source>The whole record</source>
        <translation>Cả hồ sơ</translation>
    </message>
</context>
<context>
    <name>RecoveryForm</name>
    <message>
        <source>New passphrase</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>Open and set the new passphrase</source>
        <translation>Mở và đặt mật khẩu mới</translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation>Dùng mật khẩu</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Mã khôi phục</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>The recovery code</source>
        <translation>Mã khôi phục</translation>
    </message>
    <message>
        <source>The only way in when every passphrase is lost. It is shown this once.</source>
        <translation>Cách duy nhất để mở sổ khi mất mọi mật khẩu. Mã chỉ hiện một lần này.</translation>
    </message>
    <message>
        <source>Print it</source>
        <translation>In mã</translation>
    </message>
    <message>
        <source>To show that you have it: type its last four characters</source>
        <translation>Để chắc chắn đã giữ được mã: gõ bốn ký tự cuối</translation>
    </message>
    <message>
        <source>Put it into a sealed envelope, in the safe of your unit or of the province. Never keep it beside this machine.</source>
        <translation>Cho vào phong bì niêm phong, cất trong két của đơn vị hoặc của tỉnh. Không để cạnh máy này.</translation>
    </message>
    <message>
        <source>Recovery code of the registry</source>
        <translation>Mã khôi phục của sổ</translation>
    </message>
    <message>
        <source>Whoever holds this code can open the registry. Keep it sealed, in the safe.</source>
        <translation>Ai có mã này đều mở được sổ. Niêm phong và cất trong két.</translation>
    </message>
</context>
<context>
    <name>RegisterPage</name>
    <message>
        <source>Search in {register}</source>
        <translation>Tìm trong sổ {register}</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>Hồ sơ mới</translation>
    </message>
    <message>
        <source>No records in {register} yet</source>
        <translation>Sổ {register} chưa có hồ sơ</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n hồ sơ</numerusform>
        </translation>
    </message>
    <message>
        <source>{records} – {overdue}</source>
        <translation>{records} - {overdue}</translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n quá hạn</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing fits “{text}”. Fewer letters find more.</source>
        <translation>Không có hồ sơ nào khớp với “{text}”. Gõ ít chữ hơn để tìm rộng hơn.</translation>
    </message>
    <message>
        <source>This form was begun before. Save it or discard its draft, then scan the card again.</source>
        <translation>Phiếu này đang nhập dở từ trước. Lưu hoặc bỏ bản nháp, rồi quét lại thẻ.</translation>
    </message>
    <message>
        <source>Saved {number}</source>
        <translation>Đã lưu {number}</translation>
    </message>
</context>
<context>
    <name>RelativeTime</name>
    <message>
        <source>today</source>
        <translation>hôm nay</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hôm qua</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n ngày trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>quá hạn %n ngày</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>còn %n ngày</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not sent</source>
        <translation>
            <numerusform>%n thay đổi chưa gửi</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is sent</source>
        <translation>Đã gửi hết</translation>
    </message>
    <message>
        <source>{waiting}, no bundle yet</source>
        <translation>{waiting}, chưa gửi gói nào</translation>
    </message>
    <message>
        <source>{waiting}, last bundle {when}</source>
        <translation>{waiting}, gói cuối {when}</translation>
    </message>
</context>
<context>
    <name>ReportFiles</name>
    <message>
        <source>Workbooks</source>
        <translation>Bảng tính</translation>
    </message>
    <message>
        <source>Save as XLSX</source>
        <translation>Lưu XLSX</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Đã lưu thành {file}.</translation>
    </message>
</context>
<context>
    <name>ReportList</name>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Xem bản in</translation>
    </message>
    <message>
        <source>Make a report</source>
        <translation>Lập báo cáo</translation>
    </message>
    <message>
        <source>Sent reports</source>
        <translation>Báo cáo đã gửi</translation>
    </message>
    <message>
        <source>Leaves the unit: hide small numbers</source>
        <translation>Đưa ra ngoài đơn vị: che các số nhỏ</translation>
    </message>
    <message>
        <source>Save as XLSX</source>
        <translation>Lưu XLSX</translation>
    </message>
    <message>
        <source>Freeze as sent</source>
        <translation>Chốt báo cáo đã gửi</translation>
    </message>
    <message>
        <source>From {first} to {last}, made {time}</source>
        <translation>Từ {first} đến hết {last}, tính lúc {time}</translation>
    </message>
    <message>
        <source>The paper, the workbook and the figures are kept as they are now and are not changed again.</source>
        <translation>Bản in, bảng tính và số liệu được giữ nguyên như bây giờ, không sửa được nữa.</translation>
    </message>
    <message>
        <source>Freeze this report as sent</source>
        <translation>Chốt báo cáo này</translation>
    </message>
    <message>
        <source>Kept as sent report {number}.</source>
        <translation>Đã chốt thành báo cáo đã gửi số {number}.</translation>
    </message>
</context>
<context>
    <name>RevealBar</name>
    <message>
        <source>Covered: this identifies a victim.</source>
        <translation>Đã che: nội dung này cho biết danh tính nạn nhân.</translation>
    </message>
    <message>
        <source>Why do you need to see it?</source>
        <translation>Lý do cần xem</translation>
    </message>
    <message>
        <source>Show for one minute</source>
        <translation>Hiện trong một phút</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Che lại</translation>
    </message>
    <message>
        <source>Shown for one minute; the look is in the log.</source>
        <translation>Hiện trong một phút; lần xem đã ghi nhật ký.</translation>
    </message>
</context>
<context>
    <name>RowCard</name>
    <message>
        <source>Take this row away</source>
        <translation>Xóa dòng này</translation>
    </message>
    <message>
        <source>Row {number}</source>
        <translation>Dòng {number}</translation>
    </message>
</context>
<context>
    <name>RowsEditor</name>
    <message>
        <source>Add a row</source>
        <translation>Thêm dòng</translation>
    </message>
    <message>
        <source>Bring the row back</source>
        <translation>Lấy lại dòng vừa xóa</translation>
    </message>
</context>
<context>
    <name>ScanChoice</name>
    <message>
        <source>Read: {value}</source>
        <translation>Đọc được: {value}</translation>
    </message>
    <message>
        <source>Take what was read</source>
        <translation>Lấy giá trị đọc được</translation>
    </message>
    <message>
        <source>Keep what is here</source>
        <translation>Giữ nguyên</translation>
    </message>
</context>
<context>
    <name>ScanField</name>
    <message>
        <source>Scanner</source>
        <translation>Máy quét</translation>
    </message>
    <message>
        <source>Compare with the paper: {fields}.</source>
        <translation>Đối chiếu với giấy tờ: {fields}.</translation>
    </message>
</context>
<context>
    <name>ScanLine</name>
    <message>
        <source>Type the next line, or Enter to read what is there</source>
        <translation>Gõ dòng tiếp theo, hoặc Enter để đọc phần đã có</translation>
    </message>
    <message>
        <source>Scan the card or the passport, wherever the cursor is</source>
        <translation>Quét thẻ hoặc hộ chiếu, con trỏ ở đâu cũng được</translation>
    </message>
</context>
<context>
    <name>ScanPanel</name>
    <message>
        <source>Known here by the number of this card. Whom do you want to open?</source>
        <translation>Đã có trong sổ người mang số của thẻ này. Mở hồ sơ nào?</translation>
    </message>
    <message>
        <source>Nobody known here has the number of this card.</source>
        <translation>Trong sổ chưa có ai mang số của thẻ này.</translation>
    </message>
    <message>
        <source>New person with this card</source>
        <translation>Nhập người mới từ thẻ này</translation>
    </message>
</context>
<context>
    <name>Scans</name>
    <message>
        <source>A card was scanned. This window cannot take it: close it, then scan again.</source>
        <translation>Vừa quét một thẻ. Cửa sổ này không nhận thẻ: đóng cửa sổ rồi quét lại.</translation>
    </message>
    <message>
        <source>The scan was cut off, and nothing of it was kept. Scan again.</source>
        <translation>Lần quét bị đứt quãng nên không giữ lại gì. Quét lại.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Xóa chữ đã gõ</translation>
    </message>
</context>
<context>
    <name>SectionIndex</name>
    <message>
        <source>Sections</source>
        <translation>Các phần</translation>
    </message>
</context>
<context>
    <name>SendCard</name>
    <message>
        <source>Send</source>
        <translation>Gửi</translation>
    </message>
    <message>
        <source>No station is trusted yet. Exchange cards with the province first; then bundles can be sealed for it.</source>
        <translation>Chưa tin cậy trạm nào. Trao đổi thẻ với tỉnh trước; sau đó mới niêm phong gói cho tỉnh được.</translation>
    </message>
    <message>
        <source>Go to the stations</source>
        <translation>Đến Các trạm</translation>
    </message>
    <message>
        <source>All that the other side does not have yet.</source>
        <translation>Tất cả những gì bên kia chưa có.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Gửi đến</translation>
    </message>
    <message numerus="yes">
        <source>change(s) not sent</source>
        <translation>
            <numerusform>thay đổi chưa gửi</numerusform>
        </translation>
    </message>
    <message>
        <source>Last bundle {when}.</source>
        <translation>Gói cuối: {when}.</translation>
    </message>
    <message>
        <source>No bundle was sent yet.</source>
        <translation>Chưa gửi gói nào.</translation>
    </message>
    <message>
        <source>Last answer {when}.</source>
        <translation>Phúc đáp cuối: {when}.</translation>
    </message>
    <message>
        <source>No answer came yet.</source>
        <translation>Chưa có phúc đáp.</translation>
    </message>
</context>
<context>
    <name>SentReportsPanel</name>
    <message>
        <source>Sent reports</source>
        <translation>Báo cáo đã gửi</translation>
    </message>
    <message>
        <source>Show the paper</source>
        <translation>Xem bản in</translation>
    </message>
    <message>
        <source>Save as XLSX</source>
        <translation>Lưu XLSX</translation>
    </message>
    <message>
        <source>No report was sent yet</source>
        <translation>Chưa có báo cáo đã gửi</translation>
    </message>
    <message>
        <source>A report that is frozen when it is sent is kept here, and comes back exactly as it went.</source>
        <translation>Báo cáo được chốt khi gửi sẽ lưu ở đây và mở lại đúng như lúc gửi.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Kỳ</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Chốt lúc</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>Cán bộ</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Nơi nhận</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>ngoài đơn vị</translation>
    </message>
    <message>
        <source>superiors</source>
        <translation>cấp trên</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Giao diện</translation>
    </message>
    <message>
        <source>Officers</source>
        <translation>Cán bộ</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>The officer is added. Hand the passphrase over in person; nobody else needs it.</source>
        <translation>Đã thêm cán bộ. Trao mật khẩu tận tay; không ai khác cần biết.</translation>
    </message>
    <message>
        <source>The passphrase is changed.</source>
        <translation>Đã đổi mật khẩu.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Fold the sidebar</source>
        <translation>Thu gọn thanh bên</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>Unfold the sidebar</source>
        <translation>Mở rộng thanh bên</translation>
    </message>
</context>
<context>
    <name>SidebarItem</name>
    <message numerus="yes">
        <source>{page}, %n waiting</source>
        <translation>
            <numerusform>{page}, %n việc đang chờ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{page}, %n record(s)</source>
        <translation>
            <numerusform>{page}, %n hồ sơ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidebarPages</name>
    <message>
        <source>Today</source>
        <translation>Hôm nay</translation>
    </message>
    <message>
        <source>Send and receive</source>
        <translation>Gửi - nhận</translation>
    </message>
    <message>
        <source>Bring in files</source>
        <translation>Nhập tệp</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Registers</source>
        <translation>Sổ</translation>
    </message>
</context>
<context>
    <name>StationsModel</name>
    <message>
        <source>Station</source>
        <translation>Trạm</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Mã trạm</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Loại</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Tin cậy</translation>
    </message>
    <message>
        <source>Commune police</source>
        <translation>Công an xã</translation>
    </message>
    <message>
        <source>Border guard</source>
        <translation>Biên phòng</translation>
    </message>
    <message>
        <source>Province office</source>
        <translation>Công an tỉnh</translation>
    </message>
    <message>
        <source>fingerprint not compared</source>
        <translation>chưa so dấu vân tay</translation>
    </message>
    <message>
        <source>trusted</source>
        <translation>đã tin cậy</translation>
    </message>
    <message>
        <source>no longer trusted</source>
        <translation>thôi tin cậy</translation>
    </message>
</context>
<context>
    <name>StationsPanel</name>
    <message>
        <source>Stations</source>
        <translation>Các trạm</translation>
    </message>
    <message>
        <source>Add a station&apos;s card</source>
        <translation>Thêm thẻ trạm</translation>
    </message>
    <message>
        <source>No other station is known yet</source>
        <translation>Chưa biết trạm nào khác</translation>
    </message>
    <message>
        <source>Stations exchange their cards once, as a file on a stick. Then each reads the other&apos;s fingerprint out on the telephone, and both are trusted.</source>
        <translation>Hai trạm trao đổi thẻ một lần, bằng tệp trong USB. Sau đó gọi điện đọc dấu vân tay cho nhau; khớp thì tin cậy.</translation>
    </message>
    <message>
        <source>Stop trusting this station</source>
        <translation>Thôi tin cậy trạm này</translation>
    </message>
    <message>
        <source>{name} is trusted now.</source>
        <translation>Đã tin cậy {name}.</translation>
    </message>
    <message>
        <source>Bundles are sealed for these, and taken in from these only.</source>
        <translation>Chỉ niêm phong gói cho các trạm này và chỉ nhận gói từ các trạm này.</translation>
    </message>
    <message>
        <source>Station cards</source>
        <translation>Thẻ trạm</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Clock not reliable</source>
        <translation>Đồng hồ không đáng tin</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>phím tắt</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Đang làm việc</translation>
    </message>
</context>
<context>
    <name>TableTab</name>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Bảng tính Excel (XLSX)</translation>
    </message>
    <message>
        <source>Text table (CSV)</source>
        <translation>Bảng văn bản (CSV)</translation>
    </message>
    <message>
        <source>For people: words and titles</source>
        <translation>Cho người đọc: chữ và tên gọi</translation>
    </message>
    <message>
        <source>For programs: stored codes and ids</source>
        <translation>Cho máy đọc: mã lưu và mã bản ghi</translation>
    </message>
    <message>
        <source>Export to a file</source>
        <translation>Xuất ra tệp</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n hồ sơ</numerusform>
        </translation>
    </message>
    <message>
        <source>{records}, {columns}.</source>
        <translation>{records}, {columns}.</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n cột</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them without the part that identifies somebody.</source>
        <translation>
            <numerusform>%n cột trong đó bỏ phần nhận ra người.</numerusform>
        </translation>
    </message>
    <message>
        <source>From</source>
        <translation>Từ ngày</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Đến ngày</translation>
    </message>
    <message>
        <source>Needed for sensitive columns</source>
        <translation>Cần cho các cột nhạy cảm</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Sổ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Dạng</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Mục đích</translation>
    </message>
    <message>
        <source>The file is not encrypted. Every export is logged.</source>
        <translation>Tệp xuất ra không mã hóa. Mọi lần xuất đều ghi nhật ký.</translation>
    </message>
    <message>
        <source>Columns that tell who a victim or an informant is stay here.</source>
        <translation>Cột nhận ra nạn nhân hoặc người báo tin không xuất ở đây.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Cột</translation>
    </message>
</context>
<context>
    <name>TimelineCard</name>
    <message>
        <source>What concerns this person</source>
        <translation>Diễn biến</translation>
    </message>
    <message>
        <source>No record of another register names this person.</source>
        <translation>Chưa có hồ sơ nào ở các sổ khác ghi người này.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Ngày</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Hồ sơ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Số</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Với tư cách</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Shown for one minute: it concerns a victim or an informant.</source>
        <translation>Chỉ hiện một phút: liên quan nạn nhân hoặc người báo tin.</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Today</source>
        <translation>Hôm nay</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Không có việc đang chờ</translation>
    </message>
    <message>
        <source>No time limit, no conflict, no unfinished form, no review due, and everything is sent.</source>
        <translation>Không có thời hạn sắp hết, không có xung đột, không có biểu nhập dở, không có hồ sơ đến hạn rà soát, và đã gửi hết.</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>Thời hạn theo luật</translation>
    </message>
    <message numerus="yes">
        <source>%n ran out</source>
        <translation>
            <numerusform>%n quá hạn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n due soon</source>
        <translation>
            <numerusform>%n sắp hết hạn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done in the last %n day(s)</source>
        <translation>
            <numerusform>Đã làm trong %n ngày qua</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in time</source>
        <translation>
            <numerusform>%n đúng hạn</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n late</source>
        <translation>
            <numerusform>%n trễ hạn</numerusform>
        </translation>
    </message>
    <message>
        <source>Until {day} · {law}</source>
        <translation>Đến {day} · {law}</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Settle them</source>
        <translation>Xử lý</translation>
    </message>
    <message>
        <source>Unfinished forms</source>
        <translation>Biểu nhập dở</translation>
    </message>
    <message>
        <source>left {when}</source>
        <translation>để dở {when}</translation>
    </message>
    <message numerus="yes">
        <source>%n to correct</source>
        <translation>
            <numerusform>phải sửa %n chỗ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>còn thiếu %n ô</numerusform>
        </translation>
    </message>
    <message>
        <source>complete, not saved</source>
        <translation>đủ, chưa lưu</translation>
    </message>
    <message>
        <source>Notes on fields</source>
        <translation>Ghi chú ở các ô</translation>
    </message>
    <message>
        <source>To key again</source>
        <translation>Chờ nhập lại để đối chiếu</translation>
    </message>
    <message>
        <source>The program was cut off while this form was open: {form}. It is here up to the field typed last.</source>
        <translation>Chương trình bị ngắt khi đang nhập biểu này: {form}. Nội dung còn đủ đến ô gõ sau cùng.</translation>
    </message>
    <message>
        <source>Go on with it  (Ctrl+R)</source>
        <translation>Làm tiếp  (Ctrl+R)</translation>
    </message>
    <message>
        <source>Reviews due</source>
        <translation>Đến hạn rà soát</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Chưa gửi</translation>
    </message>
    <message>
        <source>Go to send and receive</source>
        <translation>Đến Gửi - nhận</translation>
    </message>
    <message>
        <source>New: {kind}</source>
        <translation>Mới: {kind}</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>và %n việc nữa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrackImport</name>
    <message>
        <source>Import a recorded track</source>
        <translation>Lấy lộ trình GPX</translation>
    </message>
    <message>
        <source>Import all the same</source>
        <translation>Vẫn lấy vào</translation>
    </message>
    <message>
        <source>Recorded tracks (*.gpx);;All files (*)</source>
        <translation>Tệp lộ trình (*.gpx);;Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Track taken in: {distance} km, {first} to {last}.</source>
        <translation>Đã lấy lộ trình: {distance} km, từ {first} đến {last}.</translation>
    </message>
</context>
<context>
    <name>TypedCard</name>
    <message>
        <source>Another value</source>
        <translation>Giá trị khác</translation>
    </message>
    <message>
        <source>Type it as in the form, for instance 14/03/1999.</source>
        <translation>Gõ như trong biểu nhập, ví dụ 14/03/1999.</translation>
    </message>
</context>
<context>
    <name>UnitModel</name>
    <message>
        <source>formerly {name}</source>
        <translation>trước là {name}</translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Sotram is locked</source>
        <translation>Sotram đang khóa</translation>
    </message>
</context>
<context>
    <name>ZoomButtons</name>
    <message>
        <source>Larger</source>
        <translation>To hơn</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Nhỏ hơn</translation>
    </message>
    <message>
        <source>Whole page</source>
        <translation>Cả trang</translation>
    </message>
    <message>
        <source>Width of the page</source>
        <translation>Vừa bề ngang</translation>
    </message>
</context>
<context>
    <name>_CellDelegate</name>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>quá hạn %n ngày</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>còn %n ngày</numerusform>
        </translation>
    </message>
    <message>
        <source>due today</source>
        <translation>hạn hôm nay</translation>
    </message>
</context>
<context>
    <name>_Item</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n chỗ phải sửa</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Keyed</name>
    <message>
        <source>(empty)</source>
        <translation>(để trống)</translation>
    </message>
</context>
<context>
    <name>_ThirdLook</name>
    <message>
        <source>Which paper says so; it stays in the history</source>
        <translation>Đã đối chiếu với giấy tờ nào; lý do lưu trong lịch sử</translation>
    </message>
    <message>
        <source>Compare with the paper; files of the record: {names}.</source>
        <translation>Đối chiếu với giấy tờ; tệp kèm hồ sơ: {names}.</translation>
    </message>
    <message>
        <source>Compare with the paper itself.</source>
        <translation>Đối chiếu với giấy tờ gốc.</translation>
    </message>
    <message>
        <source>stored, by {officer}</source>
        <translation>đang lưu, do {officer} nhập</translation>
    </message>
    <message>
        <source>keyed again now</source>
        <translation>vừa nhập lại</translation>
    </message>
</context>
<context>
    <name>_Value</name>
    <message>
        <source>Two values stand beside each other</source>
        <translation>Hai giá trị đang khác nhau</translation>
    </message>
</context>
</TS>
